import { buildFollowingBook, loadFollowingBook } from '../../src/interview/following/book.ts'
import { nothingFollowed, type Following, type Milestone } from '../../src/interview/following/milestones.ts'
import { brain } from '../support/brain.ts'

export const rulesFolder = new URL('../../rules', import.meta.url).pathname
export const book = loadFollowingBook(rulesFolder, brain.book)
export { buildFollowingBook }

/** A case that reached these milestones on these days, each told at noon of its day. */
export function reached(...steps: readonly (readonly [Milestone, string])[]): Following {
  return {
    ...nothingFollowed,
    milestones: Object.fromEntries(
      steps.map(([milestone, on]) => [milestone, { on, noted: `${on}T04:00:00.000Z` }]),
    ),
  }
}
