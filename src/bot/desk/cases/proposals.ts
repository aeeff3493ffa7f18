import { z } from 'zod'
import type { AnswerValue, Answers } from '../../../rules/answers.ts'
import { asJson } from '../../../store/as-json.ts'
import type { Store } from '../../../store/port.ts'
import { changeDocument, removeDocument } from '../../change-document.ts'
import { staffSchema } from '../../handoff/record.ts'
import { keepDeed, type Deed } from './audit.ts'
import { forgetNotes } from './notes.ts'

const answer = z.union([z.string(), z.array(z.string())])
const proposalSchema = z.object({
  id: z.string(),
  question: z.string(),
  value: answer,
  /** The answer when it was proposed: with another one the proposal is void. */
  was: answer.optional(),
  by: staffSchema,
  at: z.iso.datetime(),
  /** What the applicant said, and in which message: that message delivered again finds the proposal once more. */
  decided: z.object({ turn: z.string(), accepted: z.boolean() }).optional(),
})
/** A change of an answer that staff propose. Nothing changes until the applicant says so. */
export type Proposal = z.infer<typeof proposalSchema>

const listSchema = z.array(proposalSchema)
const MOST = 5

/** The proposals of cases, by compare-and-set; one for each answer. */
export class Proposals {
  readonly #store: Store
  readonly #clock: () => Date

  constructor(store: Store, clock: () => Date) {
    this.#store = store
    this.#clock = clock
  }

  /** @returns false where too many wait already */
  async add(caseId: string, proposal: Proposal): Promise<boolean> {
    let added = false
    await changeDocument(this.#store, proposalsKey(caseId), (value) => {
      const others = read(value).filter(({ question }) => question !== proposal.question)
      added = others.length < MOST
      return asJson(added ? [...others, proposal] : read(value))
    })
    return added
  }

  /**
   * Those that wait for the applicant, oldest first; with those this very message has declined, and those accepted,
   * which are void as soon as the answer is saved.
   */
  async waiting(caseId: string, turn?: string): Promise<readonly Proposal[]> {
    const found = await this.#store.documents.get(proposalsKey(caseId))
    return read(found?.value).filter(({ decided }) => !decided || decided.accepted || decided.turn === turn)
  }

  /** Notes what the applicant said, before the answer is changed by it; the same message again changes nothing. */
  async decide(caseId: string, id: string, turn: string, accepted: boolean): Promise<void> {
    let question: string | undefined
    await changeDocument(this.#store, proposalsKey(caseId), (value) =>
      asJson(
        read(value).flatMap((one) => {
          if (one.id !== id) return one.decided && !one.decided.accepted ? [] : [one]
          question = one.question
          return [{ ...one, decided: { turn, accepted } }]
        }),
      ),
    )
    if (question !== undefined) await this.#log(caseId, id, accepted ? 'accepted' : 'declined', question)
  }

  /** Takes those away whose answer is another one by now: changed meanwhile, or as it was agreed. */
  async dropVoid(caseId: string, proposals: readonly Proposal[]): Promise<void> {
    const gone = new Set(proposals.map(({ id }) => id))
    await changeDocument(this.#store, proposalsKey(caseId), (value) =>
      asJson(read(value).filter(({ id }) => !gone.has(id))),
    )
    for (const { id, question, decided } of proposals)
      if (!decided) await this.#log(caseId, id, 'outdated', question)
  }

  /** Everything staff have kept of a case that is deleted, but for who did what. */
  async forget(caseId: string): Promise<void> {
    await removeDocument(this.#store, proposalsKey(caseId))
    await forgetNotes(this.#store, caseId)
  }

  #log(caseId: string, id: string, did: Deed, what: string): Promise<void> {
    return keepDeed(this.#store, `${id}:${did}`, { caseId, at: this.#clock().toISOString(), did, what })
  }
}

/** Whether the answer is another one than when it was proposed to change it. */
export function isVoid({ question, was }: Proposal, answers: Answers): boolean {
  const now = Object.hasOwn(answers, question) ? answers[question] : undefined
  return !isSame(now, was)
}

export function isSame(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function read(value: unknown): readonly Proposal[] {
  return value === undefined ? [] : listSchema.parse(value)
}

const proposalsKey = (caseId: string): string => `proposals:{${caseId}}`
