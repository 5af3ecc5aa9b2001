/** A project with something of everything: long and short, done and failed, present and missing. */

const hex = seed => {
  let x = seed * 2654435761
  return Array.from({ length: 64 }, () => {
    x = (x * 1103515245 + 12345) & 0x7fffffff
    return ((x >> 12) & 15).toString(16)
  }).join('')
}
const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString()
const DIMENSIONS = ['object', 'feature', 'action', 'camera', 'background']

const SHORT = 'Waves break behind her under a clear noon sky.'
const USUAL =
  'A bearded man films himself with a handheld camera at dusk. He wears a dark top with a pink panel and smiles while he talks, turning his head to his left. Behind him stand a large concrete building lit from inside and a row of illuminated posters. The camera sways with his steps and stays close to his face.'
const LONG =
  'In the video, a man is seen walking down the street while talking to the camera. He is wearing a pink shirt and has a beard. The background shows a building and some posters on the wall. The man seems to be in a good mood and is smiling while speaking. The video is shot in a first-person perspective, giving the viewer a sense of being in the man’s shoes. The lighting is dim, suggesting that it is either early morning or late evening. The man’s voice is clear and audible, and he appears to be speaking directly to the camera. The video does not show any other people or moving objects, making the man the main focus of the video. At the beginning he stands still in front of a wide entrance whose glass doors reflect the street lamps; a few seconds later he begins to walk to the right, and the camera follows him at the same distance, so that his head and shoulders stay in the middle of the picture. Now and then he looks away from the lens, once to his left at something that is not shown, and once down at his feet. His gestures are small: he raises his free hand twice, with the palm open, as if to stress a word. Towards the end the light becomes warmer, the posters behind him pass out of the frame, and a dark parked car comes into view at the left edge, its windows reflecting the blue of the evening sky.'
const ARABIC =
  'رجل ملتحٍ يصوّر نفسه بكاميرا محمولة عند الغسق. يرتدي قميصًا داكنًا ويبتسم وهو يتحدث، ويدير رأسه إلى يساره. خلفه مبنى خرساني كبير مضاء من الداخل وصف من الملصقات المضيئة. تتمايل الكاميرا مع خطواته وتبقى قريبة من وجهه.'
/** 3,000 characters, which is what the longest captioners write. */
const LONGEST = `${LONG} ${LONG} ${LONG}`.slice(0, 3000)
const TEXTS = [USUAL, LONG, SHORT]
/** A caption with the clip it is of, by the clip's name; the first clips go round. */
const SHOWN = [
  [USUAL, ''],
  [LONG, ''],
  [SHORT, ''],
  [LONGEST, ''],
  [ARABIC, ''],
  [USUAL, 'tall.mp4'],
  [USUAL, 'wide.mp4'],
  [LONGEST, 'tall.mp4'],
]
/** What the clips in MEDIA are, by their names. */
const CLIPS = {
  'tall.mp4': [540, 960, 3],
  'wide.mp4': [1280, 360, 3],
  'K6hGJo9eDqQ-Scene-0167.mp4': [1280, 720, 4.67],
  'LiDOwZESWu4-Scene-0028.mp4': [1280, 720, 13.11],
  'sample_demo_1.mp4': [640, 360, 9.72],
  'sample_demo_3.mp4': [640, 360, 6.09],
  'sample_demo_9.mp4': [596, 336, 9.15],
}

/** Filters that let everything in. */
const NO_FILTERS = {
  captioners: [],
  kinds: [],
  annotators: [],
  dimensions: [],
  rubrics: [],
  since: null,
  until: null,
  late: true,
  flagged: true,
  minimum_ratings: 0,
}

export function bigProject(clips) {
  const sizes = [
    [1280, 720, 8.23],
    [1920, 1080, 12.5],
    [720, 1280, 6.04],
    [640, 480, 31.7],
    [1280, 720, 4.9],
  ]
  const clip = index => clips[index % Math.max(1, clips.length)] ?? 'none.mp4'
  const media = index => ({
    video_url: `/media/${clip(index)}`,
    poster_url:
      index % 7 === 6 ? '/media/missing.jpg' : `/media/${clip(index).replace('.mp4', '.jpg')}`,
  })
  const videos = Array.from({ length: 43 }, (_, index) => {
    const [width, height, seconds] = sizes[index % sizes.length]
    return {
      id: 43 - index,
      sha256: hex(index + 1),
      width,
      height,
      seconds: seconds + index / 10,
      fps: index % 4 ? 25 : 29.97,
      names:
        index % 5 === 0
          ? [
              'K6hGJo9eDqQ-Scene-0167-a-rather-long-name-that-has-to-wrap-somewhere.mp4',
              'copy.mp4',
              'again.mp4',
            ]
          : [`sample_demo_${index}.mp4`],
      split: index % 4 === 0 ? 'test' : 'train',
      captions: (index * 7) % 5,
      ...media(index),
    }
  })
  const rubric = {
    version: 1,
    language: 'en',
    guideline: '',
    questions: [
      [
        'object',
        'O',
        'Objects',
        'Does the caption name the objects, people and animals that are in the video, and no others?',
      ],
      [
        'feature',
        'F',
        'Object features',
        "Are the objects' features right: colour, size, number, material, clothing, text?",
      ],
      [
        'action',
        'A',
        'Object actions',
        "Are the objects' actions and movements right, and in the right order?",
      ],
      ['camera', 'C', 'Camera', 'Is the camera right: its movement, angle, distance and cuts?'],
      [
        'background',
        'B',
        'Background',
        'Is the background right: place, surroundings, weather, light?',
      ],
    ].map(([dimension, letter, title, text]) => ({ dimension, letter, title, text, examples: [] })),
    levels: [
      ['Not involved', 'Neither the video nor the caption has anything to say on this dimension.'],
      ['Totally incorrect', 'Everything the caption should say here is wrong or missed.'],
      ['Mainly incorrect', 'Most of it is wrong or missed; a little is right.'],
      ['Moderately incorrect', 'Some of it is right, some is wrong or missed.'],
      ['Mainly correct', 'Most of it is right; a little is wrong or missed.'],
      ['Totally correct', 'Everything is right and nothing is missed.'],
    ].map(([phrase, sentence], value) => ({ value, phrase, sentence })),
  }
  const progress = {
    items: 1248,
    finished: 391,
    judgments: 7015,
    ratings: 1403,
    mine: 37,
    overlap: 3,
    withdrawn: 2,
    annotators: [
      ['mei', 612],
      ['jonas.weber', 401],
      ['amara', 268],
      ['annotator', 37],
      ['new.person', 0],
    ].map(([username, ratings], id) => ({ id, username, ratings })),
    dimensions: DIMENSIONS.map((dimension, d) => ({
      dimension,
      histogram: [d * 40 + 12, 60, 150 - d * 10, 310, 420 + d * 15, 280].map(n => n + d),
    })),
  }

  const test = {
    per_dimension: Object.fromEntries(
      DIMENSIONS.map((name, i) => [
        name,
        { srcc: i === 3 ? null : 0.52 + i * 0.06, mae: 0.61 + i * 0.05, n: 240 - i * 30 },
      ]),
    ),
    srcc: 0.664,
    mae: 0.71,
  }
  const captioners = [
    ['miniature + LoRA', 'fine-tuned', 3.91, 3.74, 4.07],
    ['miniature', 'base model', 3.32, 3.12, 3.52],
    ['cockatiel-demo', 'imported', 3.66, 3.49, 3.83],
    ['sketch-a', 'imported', 4.12, 3.98, 4.25],
    ['sketch-b-with-a-long-name', 'imported', 1.34, 1.21, 1.49],
  ].map(([name, source, value, low, high], i) => ({
    name,
    source,
    videos: 96,
    mean_involved: { value, low, high },
    dimensions: Object.fromEntries(
      DIMENSIONS.map((d, j) => [
        d,
        i === 4 && j === 3 ? null : Math.max(1, value + (j - 2) * 0.15),
      ]),
    ),
  }))
  const results = {
    scorer: {
      readout: 'likelihood',
      model: 'miniature',
      train_captions: 391,
      train_judgments: 5120,
      test_captions: 97,
      test,
      baselines: { constant: { mae: 1.08 }, length: { srcc: 0.19 } },
    },
    score: {
      captions: 1248,
      videos: 412,
      failed: [{ video: hex(77), reason: 'The file ends before its last frame.' }],
      per_captioner: captioners.slice(2).map(c => ({
        captioner: c.name,
        captions: 412,
        mean_involved: c.mean_involved.value,
        mean_paper: c.mean_involved.value - 0.4,
      })),
      histogram: {
        edges: Array.from({ length: 21 }, (_, i) => 1 + i * 0.2),
        counts: [4, 9, 21, 38, 44, 60, 71, 66, 80, 96, 110, 130, 141, 120, 98, 70, 44, 27, 14, 5],
      },
    },
    select: {
      policy: 'threshold',
      statistic: 'mean_involved',
      threshold: 3.5,
      pool_videos: 316,
      selected: 207,
      per_captioner: [
        ['sketch-a', 121],
        ['cockatiel-demo', 86],
        ['sketch-b-with-a-long-name', 0],
      ].map(([captioner, selected]) => ({ captioner, selected, share: selected / 207 })),
      yield_curve: Array.from({ length: 17 }, (_, i) => ({
        threshold: 1 + i * 0.25,
        selected: Math.round(316 / (1 + Math.exp((1 + i * 0.25 - 3.7) * 2.4))),
      })),
      against_paper: { both: 171, only_involved: 36, only_paper: 4 },
    },
    finetune: {
      model: 'miniature',
      lora_rank: 16,
      trainable_parameters: 92160,
      captions: 207,
      steps: 300,
      loss_first: 3.412,
      loss_last: 1.287,
      weights_sha256: hex(9),
    },
    evaluate: {
      note: 'The score is what our scorer gives, on average over held-out videos. It is neither VDCSCORE nor a human rating.',
      scorer: test,
      captioners,
    },
  }
  const configs = {
    scorer: {
      model: 'miniature',
      readout: 'auto',
      steps: null,
      learning_rate: null,
      lora_rank: 16,
      frames: 4,
      seed: 0,
    },
    score: { batch: 16 },
    select: {
      policy: 'threshold',
      statistic: 'mean_involved',
      threshold: 3.5,
      budget: null,
      seed: 0,
    },
    finetune: {
      model: 'miniature',
      lora_rank: 16,
      steps: null,
      batch: 8,
      learning_rate: 0.0002,
      frames: 4,
      seed: 0,
    },
    evaluate: { resamples: 1000, seed: 0 },
  }
  configs.turn = structuredClone(configs)
  const run = (id, kind, state, minutes, took, more = {}) => ({
    id,
    kind,
    state,
    config: configs[kind],
    attempt: 1,
    progress: { done: state === 'succeeded' ? 100 : 0, total: 100, message: '' },
    requested_by: 'researcher',
    requested_at: ago(minutes),
    started_at: state === 'queued' ? null : ago(minutes - 0.1),
    finished_at: took === null ? null : ago(minutes - took),
    result: state === 'succeeded' ? (results[kind] ?? {}) : {},
    error_code: '',
    error_detail: '',
    turn: null,
    cancel_requested: false,
    digest: state === 'succeeded' ? hex(id) : '',
    ...more,
  })
  const runs = [
    run(31, 'finetune', 'running', 2, null, {
      turn: 27,
      attempt: 2,
      progress: { done: 112, total: 300, message: 'Step 112 of 300, loss 1.93' },
    }),
    run(30, 'select', 'succeeded', 3, 0.2, { turn: 27 }),
    run(29, 'score', 'succeeded', 5, 1.7, { turn: 27 }),
    run(28, 'scorer', 'succeeded', 9, 3.6, { turn: 27 }),
    run(27, 'turn', 'running', 9, null, {
      progress: { done: 3, total: 5, message: 'Fine-tuning the captioner' },
    }),
    run(26, 'evaluate', 'succeeded', 1500, 2.1),
    run(25, 'finetune', 'succeeded', 1510, 7.3),
    run(24, 'finetune', 'failed', 1600, 1.2, {
      error_code: 'out-of-memory',
      error_detail:
        'The GPU has 7.8 GiB free and the batch needs 11.2 GiB. Try a batch of 4, or fewer frames.',
      requested_by: null,
    }),
    run(23, 'scorer', 'cancelled', 1700, 0.9),
    run(22, 'scorer', 'queued', 1701, null),
    ...Array.from({ length: 18 }, (_, i) => run(21 - i, 'scorer', 'succeeded', 3000 + i * 400, 3)),
  ]
  const loss = steps =>
    Array.from({ length: steps }, (_, i) => [
      i + 1,
      1.1 + 2.4 * Math.exp(-i / 60) + 0.12 * Math.sin(i * 1.7),
    ])
  const live = { 31: 112 }

  return {
    videos,
    rubric,
    progress,
    runs,
    claim: (slot, purpose = 'rate') => {
      const [text, wanted] = SHOWN[(slot - 1) % SHOWN.length]
      const at = Math.max(0, wanted ? clips.indexOf(wanted) : slot - 1)
      const [width, height, seconds] = CLIPS[clip(at)] ?? [1280, 720, 5]
      return {
        slot,
        purpose,
        lease_until: ago(-10),
        lease_seconds: 600,
        item: 100 + slot,
        caption: { id: 200 + slot, kind: 'detailed', text },
        video: { sha256: hex(slot), seconds, width, height, ...media(at) },
        protocol: {
          overlap: 3,
          lease_seconds: 600,
          watch_share: 0.9,
          auto_advance: true,
          random_order: false,
          break_minutes: 25,
          rubric_version: 1,
        },
        draft: null,
        submitted: null,
        note: purpose === 'rate' ? null : { done: 2, of: 12 },
        rival: null,
      }
    },
    feedback: levels => {
      const dimensions = DIMENSIONS.map((dimension, i) => {
        const [given, expected] = [levels[dimension], [4, 5, 2, 0, 3][i]]
        const passed = (given === 0) === (expected === 0) && Math.abs(given - expected) <= 1
        const note = [
          'The caption says one man; there are two at the start.',
          '',
          'He turns to his right, not to his left.',
          'The camera does not move, and the caption does not say that it does.',
          '',
        ][i]
        return { dimension, given, expected, passed, note }
      })
      return { passed: dimensions.every(one => one.passed), dimensions }
    },
    history: Array.from({ length: 31 }, (_, i) => ({
      slot: 1000 - i,
      purpose: 'rate',
      state: i === 2 ? 'skipped' : 'submitted',
      submitted_at: i === 2 ? null : ago(3 + i * 7),
      late: i === 3,
      revision: i === 2 ? 0 : i === 1 ? 2 : 1,
      caption_text: SHOWN[i % SHOWN.length][0].slice(0, 200),
      poster_url: media(i).poster_url,
      seconds: 6.1,
      levels:
        i === 2 ? null : Object.fromEntries(DIMENSIONS.map((d, j) => [d, (i * 3 + j * 2) % 6])),
      flagged: i === 4,
    })),
    examples: Object.fromEntries(
      DIMENSIONS.slice(0, 3).map((dimension, d) => [
        dimension,
        [1, 2, 3, 4, 5, 5].map((level, i) => ({
          level,
          caption_text: SHOWN[i % 3][0].slice(0, 180),
          note: i % 2 ? '' : 'The caption leaves out the second person, who is plain to see.',
          ...media(i + d),
          seconds: 5,
        })),
      ]),
    ),
    imports: [
      {
        id: 5,
        at: ago(12),
        by: 'admin',
        report: {
          files: [
            {
              kind: 'captions',
              name: 'captions-july.jsonl',
              outcome: 'refused',
              reason: '3 lines are broken.',
              lines: 120,
              accepted: 0,
              skipped: 0,
              problems: [
                [7, 'This is not JSON: Expecting value at column 1.'],
                [19, 'There is no video named sample_demo_404.mp4 in this project.'],
                [88, 'caption is empty.'],
              ].map(([line, reason]) => ({ line, reason })),
              skips: [],
            },
          ],
        },
      },
      {
        id: 4,
        at: ago(60),
        by: 'admin',
        report: {
          files: [
            {
              kind: 'captions',
              name: 'captions.jsonl',
              outcome: 'accepted',
              reason: '',
              lines: 120,
              accepted: 117,
              skipped: 3,
              problems: [],
              skips: [
                { line: 4, reason: 'The same caption of the same captioner is here already.' },
              ],
            },
          ],
        },
      },
      {
        id: 3,
        at: ago(4000),
        by: null,
        report: {
          files: [
            ...videos
              .slice(0, 4)
              .map(v => ({ kind: 'video', name: v.names[0], outcome: 'accepted', reason: '' })),
            {
              kind: 'video',
              name: 'broken.mp4',
              outcome: 'refused',
              reason: 'No video stream was found.',
            },
          ],
        },
      },
    ],
    refusedCaptions: {
      name: 'captions.jsonl',
      outcome: 'refused',
      reason: '2 lines are broken.',
      lines: 40,
      accepted: 0,
      skipped: 0,
      problems: [
        { line: 3, reason: 'This is not JSON: Expecting value at column 1.' },
        { line: 17, reason: 'There is no video named nothing.mp4 in this project.' },
      ],
      skips: [],
    },
    snapshots: Array.from({ length: 6 }, (_, i) => ({
      id: 6 - i,
      digest: hex(50 + i),
      as_of: i === 5 ? null : ago(10 + i * 1900),
      videos: 412 - i * 20,
      captions: 1248 - i * 66,
      judgments: i === 5 ? 0 : 7015 - i * 910,
      preferences: 0,
      filters: NO_FILTERS,
      created_by: i % 2 ? null : 'researcher',
      created_at: ago(9 + i * 1900),
    })),
    detail: id => {
      const found = runs.find(one => one.id === id)
      if (!found) return undefined
      const files =
        {
          scorer: ['scorer.json', 'head.safetensors'],
          score: ['scores.jsonl'],
          select: ['selection.jsonl'],
          finetune: ['adapter_config.json', 'adapter_model.safetensors', 'samples.jsonl'],
          evaluate: ['captions.jsonl', 'evaluation.json'],
        }[found.kind] ?? []
      const parents =
        { score: [28], select: [29], finetune: [30], evaluate: [28, 25] }[found.kind] ?? []
      return [
        200,
        {
          ...found,
          parents: parents
            .map(one => runs.find(r => r.id === one))
            .map(({ id: parent, kind, state }) => ({ id: parent, kind, state })),
          stages: found.kind === 'turn' ? runs.filter(one => one.turn === id) : [],
          artifacts:
            found.state === 'succeeded'
              ? files.map((name, i) => ({
                  name,
                  bytes: 1234 * 10 ** (i * 2),
                  sha256: hex(id + i),
                  url: `/api/v1/projects/demo/runs/${id}/artifacts/${name}`,
                }))
              : [],
          snapshot: { id: 6, digest: hex(50) },
        },
      ]
    },
    metrics: id => {
      const found = runs.find(one => one.id === id)
      if (found?.kind === 'scorer' && found.state === 'succeeded')
        return {
          loss: loss(240),
          validation_srcc: [
            [60, 0.41],
            [120, 0.55],
            [180, 0.62],
            [240, 0.65],
          ],
        }
      return found?.kind === 'finetune' && found.state !== 'failed'
        ? { loss: loss(live[id] ?? 300) }
        : {}
    },
    advance: id => {
      const found = runs.find(one => one.id === id)
      if (id !== 31) return { run: found, points: [] }
      live[31] = Math.min(live[31] + 1, 299)
      found.progress = { done: live[31], total: 300, message: `Step ${live[31]} of 300` }
      return {
        run: found,
        points: [{ name: 'loss', step: live[31], value: loss(live[31]).at(-1)[1] }],
      }
    },
    selection: Array.from({ length: 47 }, (_, i) => ({
      video: { sha256: hex(i + 1), seconds: 5, ...media(i) },
      caption: { id: i, text: TEXTS[i % 3], captioner: i % 2 ? 'sketch-a' : 'cockatiel-demo' },
      score: 4.9 - i * 0.02,
      mean_paper: 4.1,
      levels: Object.fromEntries(
        DIMENSIONS.map((d, j) => [d, j === 3 && i % 3 === 0 ? null : 4.5 - j * 0.2]),
      ),
    })),
    leaderboard: {
      note: 'The score is what our scorer gives, on average over held-out videos (1 to 5, dimensions not involved left out), with a 95 % interval over videos. It is neither VDCSCORE nor a human rating. What people gave the same captioner stands beside it, over all their ratings.',
      captioners: [
        ...captioners.map((c, i) => ({
          ...c,
          run: c.source === 'imported' ? null : 26,
          human:
            c.source === 'imported'
              ? { mean: c.mean_involved.value + 0.11, ratings: 140 + i }
              : null,
        })),
        {
          name: 'rated-only',
          source: 'imported',
          run: null,
          videos: 0,
          mean_involved: null,
          dimensions: {},
          human: { mean: 2.8, ratings: 6 },
        },
      ],
      scorers: [28, 21, 20].map((id, i) => ({
        run: id,
        finished_at: ago(6 + i * 3000),
        readout: i ? 'digits' : 'likelihood',
        srcc: i === 2 ? null : 0.664 - i * 0.2,
        mae: 0.71 + i * 0.1,
        ratings: 5120 - i * 1300,
      })),
    },
  }
}
