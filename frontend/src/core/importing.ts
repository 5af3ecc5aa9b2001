/** Files that a person brings: in which order they go up, and which go at all. */

export type FileKind = 'video' | 'captions' | 'unknown'

/** All that captions come in; which it is, the site tells by the content. */
export const CAPTIONS = ['jsonl', 'csv', 'tsv', 'parquet', 'json']
const VIDEOS = new Set(['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'ts', 'mpg', 'mpeg'])

export function kindOf(name: string): FileKind {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  if (CAPTIONS.includes(extension)) return 'captions'
  return VIDEOS.has(extension) ? 'video' : 'unknown'
}

const TURN: Record<FileKind, number> = { video: 0, captions: 1, unknown: 2 }

/** Videos first: a caption of a video that is not there yet would be refused. */
export function inOrder<F extends { name: string }>(files: readonly F[]): F[] {
  return [...files].sort(
    (one, other) =>
      TURN[kindOf(one.name)] - TURN[kindOf(other.name)] || one.name.localeCompare(other.name),
  )
}
