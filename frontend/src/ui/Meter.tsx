/** A bar that is filled by a share. Without one it says that something goes on. */

type Props = { value: number | null; label: string; tone?: 'accent' | 'good' | 'bad' | 'plain' }

export function Meter({ value, label, tone = 'accent' }: Props) {
  return (
    <div
      className={`meter meter-${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) })}
    >
      <span
        className={value === null ? 'meter-fill unknown' : 'meter-fill'}
        style={value === null ? undefined : { inlineSize: `${value * 100}%` }}
      />
    </div>
  )
}
