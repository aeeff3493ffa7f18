import { answerQuestion } from './answer.ts'
import { answerAsked } from './ask.ts'
import { composing, resolveCase, type Brain } from './brain.ts'
import { followingTurn } from './following/following-turn.ts'
import { dossierTurn } from './dossier.ts'
import { runCommand } from './commands.ts'
import { confirm } from './confirm.ts'
import { takeForm } from './form.ts'
import { greet } from './greet.ts'
import { interpret } from './interpret.ts'
import { pressOld } from './old-button.ts'
import { aboutProvince } from './province.ts'
import { askAgain } from './question.ts'
import { refuseTyped } from './refuse.ts'
import { ambiguous, attachment, noMatch, smallTalk, tooLong } from './repair.ts'
import { answerSeveral, correctAnswer, offerCorrections } from './several.ts'
import type { Standing } from './standing.ts'
import type { Incoming, Turn, TurnResult } from './turn.ts'

/**
 * One turn of a conversation: what was said, and where the case stands, give where it stands afterwards and what
 * to reply. Pure: the same input gives the same result, so a turn that lost a race is simply taken again.
 * @param asOf the day in Asia/Shanghai, ISO date
 * @param now the moment, for what counts in hours; without it, noon of the day
 */
export function takeTurn(
  brain: Brain,
  standing: Standing,
  incoming: Incoming,
  asOf: string,
  now = new Date(`${asOf}T12:00:00+08:00`),
): TurnResult {
  const turn: Turn = {
    brain,
    standing,
    asOf,
    on: composing(brain, standing.case, standing.talk.typed),
    resolution: resolveCase(brain, standing.case.answers, asOf),
  }
  const files = dossierTurn(turn, incoming)
  if (files) return files
  const meaning = interpret(turn, incoming)
  const followed = followingTurn(brain.following, turn, incoming, meaning.kind, now)
  if (followed) return followed
  switch (meaning.kind) {
    case 'hello':
      return greet(turn)
    case 'confirmed':
      return confirm(turn, meaning.pending, meaning.yes)
    case 'command':
      return runCommand(turn, meaning)
    case 'answer':
      return answerQuestion(turn, meaning)
    case 'refused':
      return refuseTyped(turn, meaning)
    case 'form':
      return takeForm(turn, meaning.form)
    case 'old-button':
      return pressOld(turn, meaning)
    case 'ambiguous':
      return ambiguous(turn, meaning.values)
    case 'attachment':
      return attachment(turn)
    case 'empty':
      return askAgain(turn, [
        {
          kind: 'text',
          tone: 'notice',
          text: turn.brain.phrases.empty[turn.on.language],
        },
      ])
    case 'too-long':
      return tooLong(turn)
    case 'province':
      return aboutProvince(turn, meaning.region)
    case 'question':
      return answerAsked(turn, meaning.text)
    case 'several':
      return answerSeveral(turn, meaning.heard)
    case 'correction':
      return correctAnswer(turn, meaning.question, meaning.value)
    case 'which':
      return offerCorrections(turn, meaning.options)
    case 'talk':
      return smallTalk(turn, meaning.about)
    case 'none':
      return noMatch(turn)
  }
}
