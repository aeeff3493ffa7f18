import type { Milestone } from '../../../interview/following/milestones.ts'
import { readDate, type DateReading } from '../../../understanding/dates.ts'
import { coreOf, type FollowingCommand, type FollowingWords } from './words.ts'

/** What a message says of the time after submission. */
export type Told =
  | {
      readonly kind: 'milestone'
      readonly milestone: Milestone
      /** The day said with it; a month where no day was said. */
      readonly date: string | undefined
      readonly number: string | undefined
    }
  /** A filing number and hardly anything else. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'command'; readonly command: FollowingCommand }

/** Nothing longer is a step told; it may be a reviewer's text. */
const LONGEST = 120
const NUMBER =
  /\p{Script=Han}?\s*icp\s*[备備证証證]\s*案?\s*[号號]?\s*[\d\s]{4,14}\s*[号號]?(?:\s*[-－–—]\s*\d{1,4}[a-z]?)?/iu

/**
 * Reads a message that tells a step or asks for something of this part, as a whole: "提交了，昨天", "approved on
 * 3 March, number 浙ICP备…". Undefined for everything else, also for questions and denials.
 * @param asOf the day in Asia/Shanghai, from which "yesterday" is counted
 */
export function readTold(words: FollowingWords, text: string, asOf: string): Told | undefined {
  const plain = text.normalize('NFKC').trim()
  if (plain.length > LONGEST) return undefined
  const command = words.asked.get(coreOf(words, plain))
  if (command) return { kind: 'command', command }
  if (words.questions.some((ending) => plain.endsWith(ending))) return undefined
  const number = NUMBER.exec(plain)?.[0]
  const rest = withoutNumber(words, plain, number)
  const core = coreOf(words, rest)
  if (number !== undefined && core === '') return { kind: 'number', number }
  const whole = words.told.get(core)
  const date = readDate(rest, asOf)
  const milestone = whole ?? (date && words.told.get(coreOf(words, rest.replace(date.said, ' '))))
  return milestone && { kind: 'milestone', milestone, date: date && pastDay(date, asOf), number }
}

/** A day without its year is the last one, not the next: what is told has happened. */
function pastDay({ value, said }: DateReading, asOf: string): string {
  if (value <= asOf || /\d{4}/.test(said)) return value
  const before = `${Number(value.slice(0, 4)) - 1}${value.slice(4)}`
  // Only where the year was filled in by the reader: "tomorrow" stays tomorrow.
  return value.slice(0, 10) > laterBy(asOf, 60) ? before : value
}

/** Days about to come ("tomorrow", "next week") were meant as such. */
function laterBy(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

function withoutNumber({ number: around }: FollowingWords, text: string, number: string | undefined): string {
  if (number === undefined) return text
  const rest = text.replace(number, ' ')
  const word = [...around].sort((a, b) => b.length - a.length).find((one) => rest.toLowerCase().includes(one))
  return word === undefined ? rest : rest.toLowerCase().replace(word, ' ')
}
