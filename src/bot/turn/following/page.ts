import { checkFooter, type PageContent } from '../../../interview/following/footer-check.ts'
import { numberToShow } from '../../../interview/following/filing-number.ts'
import { nothingFollowed, settled } from '../../../interview/following/milestones.ts'
import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import { askAgain } from '../question.ts'
import { nextActions } from './blocks.ts'
import { saying, type FollowingResult, type FollowingTurn } from './kit.ts'
import { noteMilestone } from './tell.ts'

/** Why a page could not be read. */
export type PageProblem =
  | 'address-invalid'
  | 'address-refused'
  | 'not-found'
  | 'not-reached'
  | 'too-slow'
  | 'too-large'
  | 'redirects'
  | 'not-html'
  | 'status'
  | 'certificate'
  | 'unreadable'

export type PageRead =
  | ({ readonly ok: true } & PageContent)
  | { readonly ok: false; readonly problem: PageProblem; readonly status?: number }

/** Fetches a page of the public internet; never rejects. */
export type ReadPage = (address: string) => Promise<PageRead>

/** Says whether number and link are right on the page that was read. */
export function judgePage(turn: FollowingTurn, page: PageRead): FollowingResult {
  const say = saying(turn)
  const following = turn.standing.case.following ?? nothingFollowed
  const current = { ...turn.standing.case, following: settled(following) }
  const actions = nextActions(turn, following)
  const notice = (text: string) =>
    askAgain(turn, [{ kind: 'text', tone: 'notice', text }], { case: current, actions })
  const number = following.number && numberToShow(turn.resolution.assessment, following.number)
  if (number === undefined || number === '') return notice(say('number-needed'))
  if (!page.ok) {
    const values = { example: 'https://www.example.com', status: page.status ?? '' }
    return notice(say(`page-${page.problem}`, values))
  }
  const { link, oldHosts } = turn.kit.book.footer
  const finding = checkFooter(turn.kit.values, page, { number, link, oldHosts })
  const href = 'href' in finding ? escapeMarkdown(finding.href) : ''
  const found = 'found' in finding ? escapeMarkdown(finding.found) : ''
  const text = say(`check-${finding.kind}`, { number, link, href, found })
  const right = finding.kind === 'right'
  const shown = right ? noteMilestone(turn, 'footer-shown') : undefined
  return askAgain(
    turn,
    [
      { kind: 'text', text: say('check-page', { address: escapeMarkdown(page.address) }) },
      { kind: 'text', tone: right ? 'success' : 'warning', text },
    ],
    { case: shown ? { ...turn.standing.case, following: shown } : current, actions },
  )
}
