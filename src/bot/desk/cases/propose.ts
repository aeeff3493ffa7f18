import { createHash } from 'node:crypto'
import { CHECKED } from '../../../interview/case.ts'
import { optionsOf } from '../../../interview/dialogs.ts'
import { isField, knownAnswers } from '../../../interview/open-fields.ts'
import type { Question } from '../../../interview/schema.ts'
import { answerLabel } from '../../../rendering/compose/context.ts'
import { findingText } from '../../../rendering/compose/finding.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import { answerProblem, type AnswerValue } from '../../../rules/answers.ts'
import { readAnswer } from '../../../understanding/answer.ts'
import { readField as readTypedValue } from '../../../understanding/field.ts'
import { readField } from './field.ts'
import { offerMessage } from './in-turn.ts'
import { notice, onRecord, speak, typed, type Looking } from './looking.ts'
import { isSame, type Proposal } from './proposals.ts'
import { noSuchField } from './reveal.ts'

/** `propose CODE field value`: kept for the applicant to agree to; checked as if the applicant had typed it. */
export async function propose(looking: Looking): Promise<DeskCard> {
  const { options, current, caseId, said, now, on, language } = looking
  const { question, named, rest } = readField(looking)
  if (!question) {
    const own = named === CHECKED
    return own ? notice(looking, speak(looking, 'propose-own')) : noSuchField(looking, named, 'propose')
  }
  const label = question.label[language]
  if (rest.trim() === '') {
    const example = typed(looking, 'propose', `${question.id} …`)
    return notice(looking, speak(looking, 'propose-value', { example }))
  }
  const read = readValue(looking, question, rest)
  if (!read.ok) return notice(looking, read.problem)
  const was = Object.hasOwn(current.answers, question.id) ? current.answers[question.id] : undefined
  if (isSame(read.value, was)) return notice(looking, speak(looking, 'propose-same', { label }))
  const { channel, tenant, user } = said.staff
  const proposal: Proposal = {
    id: createHash('sha256')
      .update([channel, tenant, user, said.activityId].join('\n'))
      .digest('base64url')
      .slice(0, 16),
    question: question.id,
    value: plain(read.value),
    ...(was === undefined ? {} : { was: plain(was) }),
    by: said.staff,
    at: now.toISOString(),
  }
  if (!(await options.proposals.add(caseId, proposal))) return notice(looking, speak(looking, 'propose-full'))
  await onRecord(looking, 'proposed', question.id)
  await tellNow(looking, proposal)
  return notice(looking, speak(looking, 'proposed', { label, value: answerLabel(on, question, read.value) }))
}

type Read =
  { readonly ok: true; readonly value: AnswerValue } | { readonly ok: false; readonly problem: string }

/** Through the readers of the interview itself, against everything else that is known of the case. */
function readValue(looking: Looking, question: Question, text: string): Read {
  const { options, current, on, asOf, language } = looking
  const { book, dialogs, lexicon, following } = options.brain
  const label = question.label[language]
  if (isField(question)) {
    const answers = { ...knownAnswers(book, dialogs, current) }
    delete answers[question.id]
    const read = readTypedValue(question.id, question.field, text, {
      values: following.values,
      asOf,
      answers,
    })
    if (read.ok) return { ok: true, value: read.value }
    return {
      ok: false,
      problem: speak(looking, 'propose-refused', { label, problem: findingText(on, read) }),
    }
  }
  const exact = text.trim()
  const value = optionsOf(book, question).some((option) => option.value === exact)
    ? listIfWanted(looking, question, exact)
    : undefined
  const reading = value === undefined ? readAnswer(book, lexicon, question, text) : undefined
  const found = value ?? (reading?.kind === 'answer' ? reading.value : undefined)
  if (found !== undefined && !answerProblem(book, question.id, found)) return { ok: true, value: found }
  const names = optionsOf(book, question).map((option) => option.label[language])
  const list = names.join(language === 'en' ? ', ' : '、')
  return { ok: false, problem: speak(looking, 'propose-options', { label, options: list }) }
}

function listIfWanted({ options }: Looking, { id }: Question, value: string): AnswerValue {
  return options.brain.book.keys.get(id)?.type === 'choices' ? [value] : value
}

/** Where a person holds the conversation the bot says nothing by itself, so the applicant is asked at once. */
async function tellNow({ options, caseId, current }: Looking, proposal: Proposal): Promise<void> {
  const handoff = await options.handoffs.get(caseId)
  if (handoff?.state !== 'assigned') return
  const message = offerMessage(options.brain, options.words, { case: current }, proposal)
  await options.say?.(handoff.place, message, `proposal:${proposal.id}`)
}

function plain(value: AnswerValue): string | string[] {
  return typeof value === 'string' ? value : [...value]
}
