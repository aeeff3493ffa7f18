import { optionsOf } from '../../interview/dialogs.ts'
import type { Resolution } from '../../interview/resolve.ts'
import { CHECKED, type Case } from '../../interview/case.ts'
import { isField, type FieldQuestion } from '../../interview/open-fields.ts'
import type { Question } from '../../interview/schema.ts'
import type { Action, Block, Input, Message } from '../message.ts'
import { checkBlocks } from './check.ts'
import { answerLabel, command, say, sourceLines, type Composing } from './context.ts'
import { formOf, typingOf } from './form.ts'
import { quote } from '../../rules/assess/statement.ts'

/** More options than this are a list to pick from, not buttons. */
const MOST_BUTTONS = 12

/** The open question with its options, and the answer it had before it was opened for a change. */
export function questionMessage(on: Composing, resolution: Resolution, current: Case): Message | undefined {
  const open = resolution.open
  if (!open) return undefined
  const { question } = open
  const { revision: version, aside } = current
  const previous = Object.hasOwn(aside, question.id) ? aside[question.id] : undefined
  const blocks: Block[] = []
  const [first] = open.section.questions.filter(
    (candidate) => !resolution.path.some((step) => step.question === candidate),
  )
  if (first === question && !resolution.path.some((step) => step.section === open.section)) {
    const applicable = resolution.sections.filter((section) => section.state !== 'skipped')
    blocks.push({
      kind: 'heading',
      text: say(on, 'section', {
        number: applicable.findIndex((state) => state.section === open.section) + 1,
        total: applicable.length,
        title: open.section.title[on.language],
      }),
    })
  }
  if (question.id === CHECKED) blocks.push(...checkBlocks(on, resolution, current))
  blocks.push({ kind: 'text', text: question.ask[on.language] })
  if (question.help) blocks.push({ kind: 'text', tone: 'notice', text: question.help[on.language] })
  const actions: Action[] = []
  if (previous !== undefined) {
    blocks.push({
      kind: 'text',
      text: say(on, 'previously', { answer: answerLabel(on, question, previous) }),
    })
    actions.push({
      label: say(on, 'keep'),
      // A typed answer is named, not repeated: what is sensitive must not travel once more.
      payload: { kind: 'answer', question: question.id, version, answer: isField(question) ? [] : previous },
    })
  }
  actions.push(command(on, 'action-why', 'why'))
  if (resolution.path.length > 0)
    actions.push(command(on, 'action-back', 'back'), command(on, 'action-summary', 'summary'))
  const input = openInput(on, resolution, current, question)
  return { language: on.language, blocks, input: question.help ? withoutFirstHint(input) : input, actions }
}

/** What the open question waits for, with the form it begins where plain questions follow it. */
export function openInput(on: Composing, resolution: Resolution, current: Case, question: Question): Input {
  const form = formOf(on, resolution, current)
  return { ...inputOf(on, question, current.revision), ...(form ? { form } : {}) }
}

export function inputOf(on: Composing, question: Question, version: number, only?: readonly string[]): Input {
  if (isField(question)) return typedInput(on, question, version)
  const options = optionsOf(on.book, question)
    .filter((option) => !only || only.includes(option.value))
    .map((option) => ({ value: option.value, label: option.label[on.language] }))
  const key = on.book.keys.get(question.id)
  return {
    kind: key?.type === 'choices' && !only ? 'choices' : options.length > MOST_BUTTONS ? 'select' : 'choice',
    question: question.id,
    version,
    label: question.ask[on.language],
    options,
    ...(key?.alone === undefined ? {} : { alone: key.alone }),
    ...(question.unsure ? { unsure: say(on, 'unsure-option') } : {}),
    submit: say(on, 'send'),
  }
}

function typedInput(on: Composing, question: FieldQuestion, version: number): Input {
  return {
    kind: 'text',
    question: question.id,
    version,
    label: question.ask[on.language],
    options: [],
    typing: typingOf(question),
    ...(question.field === 'date' ? { date: true } : {}),
    ...(question.skip ? { unsure: say(on, 'skip-option') } : {}),
    submit: say(on, 'send'),
  }
}

/** The help of the first field stands above the form already. */
function withoutFirstHint(input: Input): Input {
  const [first, ...others] = input.form?.fields ?? []
  if (!input.form || !first) return input
  const field = { ...first }
  delete field.hint
  return { ...input, form: { ...input.form, fields: [field, ...others] } }
}

/** Why the open question is asked, with the facts behind it. */
export function whyBlocks(on: Composing, question: Question): readonly Block[] {
  const facts = question.facts.flatMap((id) => on.book.facts.get(id) ?? [])
  return [
    { kind: 'heading', text: say(on, 'why-title') },
    { kind: 'text', text: question.why[on.language] },
    {
      kind: 'statements',
      title: say(on, 'reasons'),
      folded: true,
      items: facts.map((fact) => ({
        id: fact.id,
        text: fact.text[on.language],
        sources: sourceLines(quote(on.book, fact.sources)),
      })),
    },
    ...(question.settle
      ? [{ kind: 'text', text: say(on, 'find-out', { how: question.settle[on.language] }) } as const]
      : []),
  ]
}
