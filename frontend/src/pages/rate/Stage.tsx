/** The video with its own controls below. The bar shows which parts were watched. */

import { type CSSProperties, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { clock, percent } from '../../core/format'
import { t } from '../../core/messages'
import { type Preferences, RATES } from '../../core/preferences'
import type { Claim } from '../../core/types'
import { type Coverage, secondsOf } from '../../core/watch'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/Notice'
import type { Player } from './usePlayer'
import { takeVideo, unload } from './videos'

type Props = {
  video: Claim['video']
  player: Player
  coverage: Coverage
  preferences: Preferences
  prefer: (change: Partial<Preferences>) => void
}

export function Stage({ video, player, coverage, preferences, prefer }: Props) {
  return (
    <section
      className="stage"
      aria-label={t('rate.video')}
      style={{ '--aspect': video.width / video.height } as CSSProperties}
    >
      <div className="screen">
        <Picture video={video} player={player} />
        {player.state.broken && (
          <div className="screen-broken">
            <Banner tone="bad" title={t('rate.mediaFailed')}>
              <p>{t('rate.mediaFailed.hint')}</p>
              <button type="button" className="button small" onClick={player.reload}>
                {t('action.retry')}
              </button>
            </Banner>
          </div>
        )}
      </div>
      <Controls {...{ player, coverage, preferences, prefer }} />
    </section>
  )
}

/** The element itself, which may have been loading since the item before. */
function Picture({ video, player }: Pick<Props, 'video' | 'player'>) {
  const place = useRef<HTMLDivElement>(null)
  const toggle = useEffectEvent(() => player.toggle())
  const { video: ours } = player
  useLayoutEffect(() => {
    const element = takeVideo(video)
    const press = () => toggle()
    element.addEventListener('click', press)
    place.current?.append(element)
    ours.current = element
    return () => {
      element.removeEventListener('click', press)
      element.remove()
      unload(element)
    }
  }, [video, ours])
  return <div ref={place} className="picture-place" />
}

function Controls({ player, coverage, preferences, prefer }: Omit<Props, 'video'>) {
  const { state } = player
  return (
    <div className="controls">
      <button
        type="button"
        className="control"
        onClick={player.toggle}
        aria-label={state.playing ? t('player.pause') : t('player.play')}
      >
        <Icon name={state.playing ? 'pause' : 'play'} />
      </button>
      <Scrubber player={player} coverage={coverage} />
      <span className="clock">
        {clock(state.time)}
        <span className="wide-only"> / {clock(state.duration)}</span>
      </span>
      <button
        type="button"
        className="control wide-only"
        onClick={() => player.frame(-1)}
        aria-label={t('player.frameBack')}
      >
        <Icon name="frameBack" size={16} />
      </button>
      <button
        type="button"
        className="control wide-only"
        onClick={() => player.frame(1)}
        aria-label={t('player.frameOn')}
      >
        <Icon name="frameOn" size={16} />
      </button>
      <select
        className="control speed"
        aria-label={t('player.speed')}
        value={preferences.rate}
        onChange={event => prefer({ rate: Number(event.target.value) })}
      >
        {RATES.map(rate => (
          <option key={rate} value={rate}>
            {t('player.times', { rate })}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="control"
        aria-pressed={preferences.loop}
        aria-label={t('player.loop')}
        onClick={() => prefer({ loop: !preferences.loop })}
      >
        <Icon name="loop" size={16} />
      </button>
      <Sound preferences={preferences} prefer={prefer} />
    </div>
  )
}

function Scrubber({ player, coverage }: Pick<Props, 'player' | 'coverage'>) {
  const { time, duration } = player.state
  const place = (seconds: number) => `${(Math.min(seconds, duration) / duration) * 100}%`
  const share = duration > 0 ? Math.min(secondsOf(coverage) / duration, 1) : 0
  return (
    <div className="scrubber" title={t('rate.watchedShare', { share: percent(share) })}>
      <div className="track" aria-hidden="true">
        {coverage.map(([from, to]) => (
          <span
            key={from}
            className="track-seen"
            style={{ insetInlineStart: place(from), inlineSize: place(to - from) }}
          />
        ))}
        <span className="track-here" style={{ insetInlineStart: place(time) }} />
      </div>
      <input
        type="range"
        min={0}
        max={duration}
        step={0.01}
        value={Math.min(time, duration)}
        aria-label={t('player.seek')}
        aria-valuetext={t('player.place', { time: clock(time), duration: clock(duration) })}
        onChange={event => player.seekTo(Number(event.target.value))}
      />
    </div>
  )
}

function Sound({ preferences: { muted, volume }, prefer }: Pick<Props, 'preferences' | 'prefer'>) {
  const silent = muted || volume === 0
  return (
    <div className="sound">
      <button
        type="button"
        className="control"
        aria-label={silent ? t('player.unmute') : t('player.mute')}
        onClick={() => prefer(silent ? { muted: false, volume: volume || 1 } : { muted: true })}
      >
        <Icon name={silent ? 'muted' : 'sound'} size={17} />
      </button>
      <input
        className="volume"
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={silent ? 0 : volume}
        aria-label={t('player.volume')}
        onChange={event => prefer({ volume: Number(event.target.value), muted: false })}
      />
    </div>
  )
}
