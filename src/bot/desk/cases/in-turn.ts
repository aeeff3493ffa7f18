import { withAnswer } from '../../../interview/case.ts'
import { answerLabel, escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { Action, Message } from '../../../rendering/message.ts'
import { bare } from '../../../understanding/normalise.ts'
import { proceed } from '../../turn/answer.ts'
import { composing, resolveCase, type Brain } from '../../turn/brain.ts'
import { askAgain } from '../../turn/question.ts'
import type { Standing } from '../../turn/standing.ts'
import type { Incoming, Turn, TurnResult } from '../../turn/turn.ts'
import { sayWords } from '../command-words.ts'
import { isVoid, type Proposal, type Proposals } from './proposals.ts'
import type { CaseDeskWords } from './words.ts'

/** Where a case would have a question: what the buttons under a proposal answer. */
const PROPOSAL_KEY = 'desk.proposal'

export interface Proposing {
  readonly proposals: Proposals
  readonly words: CaseDeskWords
}

/**
 * A turn of a case that staff may have proposed a change of: the applicant decides, or is asked after what else the
 * turn says. Only a yes changes the answer, through the same way as an answer of the applicant's own.
 * @param turn names the message, the same when it is delivered again
 */
export async function takeTurnWithProposals(
  { proposals, words }: Proposing,
  { brain, standing, incoming, asOf, turn: message }: ProposalTurn,
  take: () => Promise<TurnResult> | TurnResult,
): Promise<TurnResult> {
  const current = standing.case
  const waiting = await proposals.waiting(current.id, message)
  const decision = readDecision(words, incoming, waiting)
  if (decision) {
    const turn = turnOf(brain, standing, asOf)
    const { proposal, accepted } = decision
    if (!proposal || isVoid(proposal, current.answers)) {
      if (proposal) await proposals.dropVoid(current.id, [proposal])
      return tell(turn, words, 'lapsed')
    }
    await proposals.decide(current.id, proposal.id, message, accepted)
    return accepted ? accept(turn, words, proposal) : tell(turn, words, 'declined')
  }
  if (waiting.length === 0) return take()
  const result = await take()
  if (result.forget) return result
  const { answers } = result.standing.case
  const gone = waiting.filter((proposal) => isVoid(proposal, answers))
  if (gone.length > 0) await proposals.dropVoid(current.id, gone)
  const next = waiting.find((proposal) => !gone.includes(proposal))
  return next ? offered(brain, words, result, next) : result
}

export interface ProposalTurn {
  readonly brain: Brain
  readonly standing: Standing
  readonly incoming: Incoming
  readonly asOf: string
  readonly turn: string
}

/** The proposal as the applicant is asked about it, also by itself. */
export function offerMessage(
  brain: Brain,
  words: CaseDeskWords,
  { case: current }: Pick<Standing, 'case'>,
  proposal: Proposal,
): Message {
  const { language } = current
  const on = composing(brain, current)
  const question = brain.dialogs.questions.get(proposal.question)
  const shown = (value: Proposal['value']) => (question ? answerLabel(on, question, value) : '')
  const values = {
    name: escapeMarkdown(proposal.by.name),
    label: question?.label[language] ?? '',
    value: shown(proposal.value),
  }
  const text =
    proposal.was === undefined
      ? sayWords(words, language, 'offer-new', values)
      : sayWords(words, language, 'offer', { ...values, was: shown(proposal.was) })
  const action = (phrase: 'offer-accept' | 'offer-decline'): Action => ({
    label: sayWords(words, language, phrase),
    payload: {
      kind: 'answer',
      question: PROPOSAL_KEY,
      version: current.revision,
      answer: `${phrase === 'offer-accept' ? 'accept' : 'decline'} ${proposal.id}`,
    },
  })
  return {
    language,
    blocks: [{ kind: 'text', tone: 'notice', text }],
    actions: [action('offer-accept'), action('offer-decline')],
  }
}

/** Its buttons stand with the last message, whose question stays the one that is asked. */
function offered(brain: Brain, words: CaseDeskWords, result: TurnResult, proposal: Proposal): TurnResult {
  const last = result.replies.at(-1)
  if (!last) return result
  const offer = offerMessage(brain, words, result.standing, proposal)
  const asked: Message = {
    ...last,
    blocks: [...offer.blocks, ...last.blocks],
    actions: [...(offer.actions ?? []), ...(last.actions ?? [])],
  }
  return { ...result, replies: [...result.replies.slice(0, -1), asked] }
}

interface Decision {
  /** Undefined for one that is no longer there. */
  readonly proposal: Proposal | undefined
  readonly accepted: boolean
}

function readDecision(
  { commands }: CaseDeskWords,
  incoming: Incoming,
  waiting: readonly Proposal[],
): Decision | undefined {
  if (incoming.kind === 'payload' && incoming.payload.kind === 'answer') {
    const { question, answer } = incoming.payload
    if (question !== PROPOSAL_KEY || typeof answer !== 'string') return undefined
    const [said, id] = answer.split(' ')
    return { proposal: waiting.find((one) => one.id === id), accepted: said === 'accept' }
  }
  const [first] = waiting
  if (incoming.kind !== 'text' || !first) return undefined
  const said = bare(incoming.text)
  const says = (words: readonly string[]) => words.some((word) => bare(word) === said)
  if (says(commands.accept)) return { proposal: first, accepted: true }
  return says(commands.decline) ? { proposal: first, accepted: false } : undefined
}

function accept(turn: Turn, words: CaseDeskWords, { question: id, value }: Proposal): TurnResult {
  const { brain, on, standing } = turn
  const question = brain.dialogs.questions.get(id)
  // From an older release, without the question: there is nothing to change any more.
  if (!question) return tell(turn, words, 'lapsed')
  const values = { label: question.label[on.language], value: answerLabel(on, question, value) }
  const text = sayWords(words, on.language, 'accepted', values)
  return proceed(turn, withAnswer(standing.case, id, value), [{ kind: 'text', tone: 'success', text }])
}

function tell(turn: Turn, words: CaseDeskWords, phrase: 'declined' | 'lapsed'): TurnResult {
  return askAgain(turn, [{ kind: 'text', tone: 'notice', text: sayWords(words, turn.on.language, phrase) }])
}

function turnOf(brain: Brain, standing: Standing, asOf: string): Turn {
  const { case: current, talk } = standing
  return {
    ...{ brain, standing, asOf },
    on: composing(brain, current, talk.typed),
    resolution: resolveCase(brain, current.answers, asOf),
  }
}
