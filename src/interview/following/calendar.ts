import type { Language } from '../../language.ts'
import type { Deadline } from './deadlines.ts'
import { plusDays } from './working-days.ts'

export interface CalendarOptions {
  /** Part of every entry's id, so that importing again updates instead of doubling: no personal data. */
  readonly caseId: string
  readonly language: Language
  /** When the file is made. */
  readonly now: Date
  /** Name of the calendar, and what stands in an entry whose holidays are not announced, with `{year}`. */
  readonly words: { readonly name: string; readonly unannounced: string }
}

const LONGEST_LINE = 75

/**
 * The deadlines as an iCalendar file (RFC 5545): all-day entries, or a moment where hours count, each with an
 * alarm. Lines end in CRLF and are folded at 75 octets, never inside a character.
 */
export function calendar(deadlines: readonly Deadline[], options: CalendarOptions): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//icp-filing-assistant//deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(options.words.name)}`,
    ...deadlines.flatMap((deadline) => event(deadline, options)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function event(deadline: Deadline, { caseId, language, now, words }: CalendarOptions): readonly string[] {
  const title = deadline.title[language]
  const holidays =
    deadline.unannounced === undefined
      ? ''
      : `\n${words.unannounced.replace('{year}', String(deadline.unannounced))}`
  return [
    'BEGIN:VEVENT',
    `UID:${deadline.id}.${caseId}@icp-filing-assistant`,
    `DTSTAMP:${stamp(now)}`,
    ...time(deadline),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(deadline.text[language] + holidays)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    // An all-day entry begins at midnight: its alarm rings at nine in the morning of the day before.
    `TRIGGER:${deadline.moment === undefined ? '-PT15H' : '-PT3H'}`,
    'END:VALARM',
    'END:VEVENT',
  ]
}

function time({ day, moment }: Deadline): readonly string[] {
  if (moment !== undefined) return [`DTSTART:${stamp(new Date(moment))}`, `DTEND:${stamp(new Date(moment))}`]
  return [`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(plusDays(day, 1))}`]
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

function stamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

function folded(line: string): string {
  const rows: string[] = []
  let row = ''
  for (const character of line) {
    if (Buffer.byteLength(row + character) > LONGEST_LINE) {
      rows.push(row)
      row = ' '
    }
    row += character
  }
  return [...rows, row].join('\r\n')
}
