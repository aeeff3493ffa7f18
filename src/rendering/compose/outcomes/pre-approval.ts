import { optionsOf } from '../../../interview/dialogs.ts'
import type { Resolution } from '../../../interview/resolve.ts'
import type { PreApproval } from '../../../rules/assess/pre-approvals.ts'
import type { Block, Statement } from '../../message.ts'
import { say, type Composing } from '../context.ts'
import { reasonOf } from './items.ts'

const SERVICES = 'website.services'

/** For each service of the site: whether an authority must agree first, which, and with what paper. */
export function preApprovalBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  const heading = { kind: 'heading', text: say(on, 'pre-approval-title') } as const
  const services = assessment.know(SERVICES)
  if (services.kind !== 'list' || services.values === undefined)
    return [heading, { kind: 'text', tone: 'notice', text: say(on, 'pre-approval-unsure') }]
  if (assessment.preApprovals.length === 0)
    return [heading, { kind: 'text', text: say(on, 'pre-approval-none') }]
  return [
    heading,
    { kind: 'statements', items: assessment.preApprovals.map((approval) => approvalItem(on, approval)) },
    ...nextBlocks(on, assessment.preApprovals),
  ]
}

function approvalItem(on: Composing, approval: PreApproval): Statement {
  const { authority, document } = approval
  const note =
    authority && document
      ? say(on, 'pre-approval-paper', {
          authority: authority[on.language],
          document: document[on.language],
        })
      : undefined
  return {
    ...reasonOf(on, approval),
    text: say(on, 'pre-approval-item', {
      category: categoryLabel(on, approval.category),
      need: approval.label[on.language],
      because: approval.text[on.language],
    }),
    ...(note === undefined ? {} : { note }),
  }
}

function nextBlocks(on: Composing, approvals: readonly PreApproval[]): readonly Block[] {
  const steps = new Set(approvals.flatMap((approval) => approval.next?.[on.language] ?? []))
  return [...steps].map((next) => ({ kind: 'text', text: say(on, 'result-next', { next }) }))
}

function categoryLabel(on: Composing, category: string): string {
  const question = on.dialogs.questions.get(SERVICES)
  const options = question ? optionsOf(on.book, question) : []
  return options.find((option) => option.value === category)?.label[on.language] ?? category
}
