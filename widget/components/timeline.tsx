import type { Mark, Timeline, Track } from '../../src/rendering/case-view.ts'
import type { SourceLine } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { plainText } from '../text/plain.ts'
import { CaseStatements } from './case-part.tsx'
import { useAssistant } from './context.ts'

interface Props {
  readonly timeline: Timeline
  readonly sources: readonly SourceLine[]
}

/** Every so many days a short line on the rail. */
const TICK_DAYS = 5
const LEAST_DAYS = 30

/** Time limits as rails: each starts with an event, and its marks stand where their days are, all in one scale. */
export function CaseTimeline({ timeline: { title, tracks, always, alwaysTitle }, sources }: Props) {
  const { strings } = useAssistant()
  const days = Math.max(LEAST_DAYS, ...tracks.flatMap(({ marks }) => marks.map((mark) => mark.days)))
  return (
    <section class="timeline">
      <h3 class="case-title">
        {strings.deadlines} <span class="timeline-title">{title}</span>
      </h3>
      {tracks.map((track) => (
        <div key={track.id} class="track">
          <h4 class="track-title">{track.title}</h4>
          <Rail track={track} days={days} />
          <ol class="marks">
            {track.marks.map((mark, at) => (
              <li key={mark.days}>
                <details>
                  <summary>
                    <span class="mark-number" aria-hidden="true">
                      {at + 1}
                    </span>
                    <span>
                      {mark.date !== undefined && <b class="mark-date">{mark.date} </b>}
                      {names(mark)}
                    </span>
                  </summary>
                  <p class="when">{mark.when}</p>
                  <CaseStatements items={mark.items} sources={sources} />
                </details>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {always.length > 0 && (
        <div class="track">
          <h4 class="track-title">{alwaysTitle}</h4>
          <CaseStatements items={always} sources={sources} />
        </div>
      )}
    </section>
  )
}

/** The drawing; its words are the short form of the list below it. */
function Rail({ track, days }: { track: Track; days: number }) {
  const { strings } = useAssistant()
  const said = track.marks.map((mark) => `${mark.date ?? mark.short}, ${names(mark)}`).join('; ')
  const last = track.marks.at(-1)?.days ?? 0
  const at = (day: number) => `${Math.round((day / days) * 1000) / 10}%`
  const ticks = Array.from({ length: Math.floor(last / TICK_DAYS) + 1 }, (_, tick) => tick * TICK_DAYS)
  return (
    <div class="rail" role="img" aria-label={fill(strings.track, { event: track.title, marks: said })}>
      <div class="rail-line" aria-hidden="true">
        <i class="rail-rest" />
        <i class="rail-time" style={{ width: at(last) }} />
        {ticks.map((tick) => (
          <i key={tick} class="rail-tick" style={{ left: at(tick) }} />
        ))}
        {track.marks.map((mark, index) => (
          <span key={mark.days} class="rail-mark" style={{ left: at(mark.days) }}>
            {index + 1}
          </span>
        ))}
      </div>
      <div class="rail-words" aria-hidden="true">
        {track.marks.map((mark) => (
          <span
            key={mark.days}
            class={mark.days === 0 ? 'first' : mark.days > days * 0.8 ? 'last' : ''}
            style={{ left: at(mark.days) }}
          >
            {mark.date ?? mark.short}
          </span>
        ))}
      </div>
    </div>
  )
}

/** What is to be done at a mark, by the bold opening of each duty. */
function names({ items }: Mark): string {
  return items.map(({ text }) => plainText(/^\*\*[^*]+\*\*/.exec(text)?.[0] ?? text)).join(' · ')
}
