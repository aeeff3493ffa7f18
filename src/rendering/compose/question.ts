import { optionsOf } from '../../interview/dialogs.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Field, Question } from '../../interview/schema.ts'
import type { AnswerValue } from '../../rules/answers.ts'
import type { Action, Block, Input, Message, Typing } from '../message.ts'
import { answerLabel, command, say, sourceLines, type Composing } from './context.ts'
import { quote } from '../../rules/assess/statement.ts'

/** More options than this are a list to pick from, not buttons. */
const MOST_BUTTONS = 12

/** The open question with its options. `previous` is the answer it had before it was opened for a change. */
export function questionMessage(
  on: Composing,
  resolution: Resolution,
  version: number,
  previous: AnswerValue | undefined,
): Message | undefined {
  const open = resolution.open
  if (!open) return undefined
  const { question } = open
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
      payload: { kind: 'answer', question: question.id, version, answer: previous },
    })
  }
  actions.push(command(on, 'action-why', 'why'))
  if (resolution.path.length > 0)
    actions.push(command(on, 'action-back', 'back'), command(on, 'action-summary', 'summary'))
  return { language: on.language, blocks, input: inputOf(on, question, version), actions }
}

export function inputOf(on: Composing, question: Question, version: number, only?: readonly string[]): Input {
  if (question.field !== undefined) return typedInput(on, question, question.field, version)
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

const TYPING: Partial<Readonly<Record<Field, Typing>>> = {
  mobile: 'tel',
  phone: 'tel',
  email: 'email',
  url: 'url',
  remark: 'long',
}

function typedInput(on: Composing, question: Question, field: Field, version: number): Input {
  return {
    kind: 'text',
    question: question.id,
    version,
    label: question.ask[on.language],
    options: [],
    typing: TYPING[field] ?? 'text',
    ...(question.skip ? { unsure: say(on, 'skip-option') } : {}),
    submit: say(on, 'send'),
  }
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
