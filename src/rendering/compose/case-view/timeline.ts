import { MILESTONES, type Following } from '../../../interview/following/milestones.ts'
import { plusDays, workingDaysAfter } from '../../../interview/following/working-days.ts'
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
export function timeline(
  on: Composing,
  resolution: Resolution,
  sources: SourceList,
  following?: Following,
): Timeline | undefined {
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
        happenedOn(following, event),
      ),
    ),
    always: obligations.filter(({ due }) => due === null).map((duty) => sources.numbered(itemOf(on, duty))),
    alwaysTitle: say(on, 'view-always'),
  }
}

function track(
  on: Composing,
  event: string,
  duties: readonly Dated[],
  sources: SourceList,
  begun: string | undefined,
): Track {
  const days = [...new Set(duties.map(({ due }) => due.days))].sort((a, b) => a - b)
  return {
    id: event,
    title: eventPhrase(on, event),
    marks: days.flatMap((day) =>
      mark(
        on,
        duties.filter(({ due }) => due.days === day),
        sources,
        begun,
      ),
    ),
  }
}

function mark(
  on: Composing,
  duties: readonly Dated[],
  sources: SourceList,
  begun: string | undefined,
): readonly Mark[] {
  const [first] = duties
  if (!first) return []
  const { due } = first
  return [
    {
      days: due.days,
      when: dueText(on, due),
      short: say(on, due.days === 0 ? 'view-day-zero' : 'view-day', { days: due.days }),
      ...(begun === undefined ? {} : { date: dayText(on, dueDay(begun, due)) }),
      items: duties.map(({ duty }) => sources.numbered(itemOf(on, duty))),
    },
  ]
}

/** The day an event happened, as it was told. */
function happenedOn(following: Following | undefined, event: string): string | undefined {
  const milestone = MILESTONES.find((known) => known === event)
  return milestone && following?.milestones[milestone]?.on
}

function dueDay(begun: string, { days, workingDays }: Due): string {
  return workingDays ? workingDaysAfter(begun, days).day : plusDays(begun, days)
}

function dayText({ language }: Composing, day: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
}
