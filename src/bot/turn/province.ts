import { inputOf } from '../../rendering/compose/question.ts'
import { say } from '../../rendering/compose/context.ts'
import { provinceBlocks } from '../../rendering/compose/outcomes/province.ts'
import { assess } from '../../rules/assess/assess.ts'
import { answersOnPath } from '../../interview/resolve.ts'
import { askAgain } from './question.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** The question whose answer is the region that files. */
export const PROVINCE = 'entity.province'

/** What a region asks for, without starting the interview: of the applicant's own where it is known, else it is asked. */
export function aboutProvince(turn: Turn, region = knownRegion(turn)): TurnResult {
  const { brain, on, resolution, asOf, standing } = turn
  if (region !== undefined) {
    const answers = { ...answersOnPath(resolution), [PROVINCE]: region }
    return askAgain(
      turn,
      provinceBlocks(on, { ...resolution, assessment: assess(brain.book, answers, asOf) }),
    )
  }
  const question = brain.dialogs.questions.get(PROVINCE)
  if (!question) return askAgain(turn, [])
  const input = { ...inputOf(on, question, standing.case.revision) }
  delete input.unsure
  const text = say(on, 'province-which')
  const message = {
    language: on.language,
    blocks: [{ kind: 'text', text } as const],
    input: { ...input, label: text },
  }
  return ended(turn, [message], { pending: { kind: 'province' } })
}

function knownRegion({ resolution }: Turn): string | undefined {
  const value = resolution.path.find(({ question }) => question.id === PROVINCE)?.value
  return typeof value === 'string' && resolution.assessment.province?.id === value ? value : undefined
}
