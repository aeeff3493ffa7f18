import { exportOf } from '../interview/following/export.ts'
import type { Case } from '../interview/case.ts'
import type { Message } from '../rendering/message.ts'
import { escapeMarkdown } from '../rendering/compose/context.ts'
import type { CaseCodes, Place } from './case-code.ts'
import type { CaseRequest } from './case-code-request.ts'
import { sayFollowing, type FollowingWords } from './turn/following/words.ts'

export interface DeskAnswer {
  readonly replies: readonly Message[]
  /** Set where the conversation is about another case from now on: greet it there. */
  readonly caseId?: string
}

/** Answers what is asked of a case as a whole. */
export async function answerCaseRequest(
  codes: CaseCodes,
  words: FollowingWords,
  request: CaseRequest,
  current: Case,
  place: Place,
): Promise<DeskAnswer> {
  const { language } = current
  const say = (...[id, values]: [Parameters<typeof sayFollowing>[2], Record<string, string | number>?]) =>
    sayFollowing(words, language, id, values)
  const reply = (...texts: readonly string[]): DeskAnswer => ({
    replies: [{ language, blocks: texts.map((text) => ({ kind: 'text', text })) }],
  })
  switch (request.kind) {
    case 'issue': {
      const { code, secret } = await codes.issue(current.id, place)
      const copy = { label: say('code-copy'), text: code }
      const blocks = [
        { kind: 'text', text: say('code-issued', { code, secret }) },
        { kind: 'text', text: code, copy },
      ] as const
      return { replies: [{ language, blocks }] }
    }
    case 'resume-how':
      return reply(say('code-how'))
    case 'resume': {
      const resumed = await codes.resume(request.code, request.secret, place)
      if (resumed.ok) return { ...reply(say('code-resumed')), caseId: resumed.caseId }
      return reply(
        resumed.problem === 'locked' ? say('code-locked', { minutes: resumed.minutes }) : say('code-wrong'),
      )
    }
    case 'export': {
      const code = await codes.codeOf(current.id)
      const kept = { ...exportOf(current), ...(code === undefined ? {} : { caseCode: code }) }
      return reply(say('export-ready'), escapeMarkdown(JSON.stringify(kept)))
    }
  }
}
