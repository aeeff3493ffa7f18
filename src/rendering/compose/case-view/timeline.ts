import type { Resolution } from '../../../interview/resolve.ts'
import type { Collected, Due } from '../../../rules/assess/collected.ts'
import type { Mark, Timeline, Track } from '../../case-view.ts'
import { say, type Composing } from '../context.ts'
import { dueText } from '../outcomes/collected.ts'
import { eventPhrase } from './event-phrase.ts'
import { itemOf } from '../outcomes/items.ts'
import { finished } from './parts.ts'
import type { SourceList } from './source-list.ts'

interface Dated {
  readonly duty: Collected
  readonly due: Due
}

/** Duties by the event they start from, and along its days. Undefined until they are told, or where there are none. */
export function timeline(on: Composing, resolution: Resolution, sources: SourceList): Timeline | undefined {
  const { obligations } = resolution.assessment
  const told = finished(resolution).some(({ shows }) => shows.includes('obligations'))
  if (!told || obligations.length === 0) return undefined
  const dated = obligations.flatMap((duty) => (duty.due === null ? [] : [{ duty, due: duty.due }]))
  const events = [...new Set(dated.map(({ due }) => due.after))]
  return {
    title: say(on, 'obligations-title'),
    tracks: events.map((event) =>
      track(
        on,
        event,
        dated.filter(({ due }) => due.after === event),
        sources,
      ),
    ),
    always: obligations.filter(({ due }) => due === null).map((duty) => sources.numbered(itemOf(on, duty))),
    alwaysTitle: say(on, 'view-always'),
  }
}

function track(on: Composing, event: string, duties: readonly Dated[], sources: SourceList): Track {
  const days = [...new Set(duties.map(({ due }) => due.days))].sort((a, b) => a - b)
  return {
    id: event,
    title: eventPhrase(on, event),
    marks: days.flatMap((day) =>
      mark(
        on,
        duties.filter(({ due }) => due.days === day),
        sources,
      ),
    ),
  }
}

function mark(on: Composing, duties: readonly Dated[], sources: SourceList): readonly Mark[] {
  const [first] = duties
  if (!first) return []
  const { due } = first
  return [
    {
      days: due.days,
      when: dueText(on, due),
      short: say(on, due.days === 0 ? 'view-day-zero' : 'view-day', { days: due.days }),
      items: duties.map(({ duty }) => sources.numbered(itemOf(on, duty))),
    },
  ]
}
