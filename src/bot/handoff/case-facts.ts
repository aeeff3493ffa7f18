import { caseSchema, type Case } from '../../interview/case.ts'
import { answerLabel } from '../../rendering/compose/context.ts'
import { typeLabel } from '../../rendering/compose/outcomes/filing.ts'
import type { Language } from '../../language.ts'
import type { Message } from '../../rendering/message.ts'
import type { Store } from '../../store/port.ts'
import { caseKey } from '../keys.ts'
import { dayInShanghai } from '../today.ts'
import { composing, resolveCase, type Brain } from '../turn/brain.ts'
import { PROVINCE } from '../turn/province.ts'
import { nextMessage } from '../turn/question.ts'
import type { CaseFacts } from './cards.ts'

/** What a hand-off needs to know of the case it is about, as it is kept now. */
export class KeptCases {
  readonly #store: Store
  readonly #brain: Brain
  readonly #clock: () => Date

  constructor(store: Store, brain: Brain, clock: () => Date) {
    this.#store = store
    this.#brain = brain
    this.#clock = clock
  }

  /** For staff who have not taken it yet: nothing personal. */
  async facts(caseId: string, language: Language): Promise<CaseFacts> {
    const current = await this.#read(caseId)
    if (!current) return {}
    const on = composing(this.#brain, { ...current, language })
    const resolution = this.#resolve(current)
    const province = resolution.path.find(({ question }) => question.id === PROVINCE)
    const { type } = resolution.assessment.filing
    return {
      ...(province ? { province: answerLabel(on, province.question, province.value) } : {}),
      ...(type === null ? {} : { filingType: typeLabel(on, resolution, type) }),
      ...(resolution.open ? { where: resolution.open.question.label[language] } : {}),
    }
  }

  /** The open question as it is put; undefined where the case was deleted. */
  async question(caseId: string): Promise<Message | undefined> {
    const current = await this.#read(caseId)
    return current && nextMessage(composing(this.#brain, current), current, this.#resolve(current))
  }

  async #read(caseId: string): Promise<Case | undefined> {
    const found = await this.#store.documents.get(caseKey(caseId))
    return found && caseSchema.parse(found.value)
  }

  #resolve({ answers }: Case) {
    return resolveCase(this.#brain, answers, dayInShanghai(this.#clock()))
  }
}
