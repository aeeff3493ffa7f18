import { UNSURE } from '../../../rules/answers.ts'
import type { Action, Input, Option } from '../../message.ts'
import { plainLine } from '../markdown.ts'
import { optionText } from '../plain-text.ts'
import { answerPayload } from '../suggested-actions.ts'
import type { ChannelWords } from '../words.ts'
import { actionSets, oneLine, submitAction, type CardElement } from './elements.ts'
import { formElements } from './form.ts'
import { MOST_TYPED, TEXT_STYLES } from './text-styles.ts'

/** The field whose value hosts put beside the data of the button: the member `answer` of a payload. */
export const FIELD = 'answer'
const MOST_BUTTONS = 5
/** In characters of a Latin width; what is longer gets cut on a button. */
const BUTTON_WIDTH = 28

/** The question as a card asks it: short options as buttons, others as a field and a button that sends it. */
export function inputElements(input: Input, words: ChannelWords): readonly CardElement[] {
  if (isButtons(input))
    return actionSets(
      choices(input).map(({ value, label }) => submitAction(label, answerPayload(input, value))),
    )
  if (input.form) return formElements(input.form, input)
  const field = input.kind === 'text' ? textField(input, words) : choiceSet(input, words)
  return [field, ...actionSets([sendField(input)])]
}

/**
 * What a person may do besides. Not typing an answer is among it: beside the field, hosts older than Adaptive
 * Cards 1.3 would send the field along, and the field would win.
 */
export function besides(input: Input | undefined, actions: readonly Action[] = []): readonly Action[] {
  if (input?.kind !== 'text' || input.unsure === undefined || input.form) return actions
  return [{ label: input.unsure, payload: answerPayload(input, UNSURE) }, ...actions]
}

/** Whether the question has no field, so that any button may stand in its card. */
export function isButtons(input: Input): boolean {
  return (
    input.kind === 'choice' &&
    input.options.length <= MOST_BUTTONS &&
    input.options.every(({ label, hint }) => hint === undefined && widthOf(label) <= BUTTON_WIDTH)
  )
}

function choiceSet(input: Input, words: ChannelWords): CardElement {
  return {
    type: 'Input.ChoiceSet',
    ...fieldMembers(input, words),
    wrap: true,
    style: input.kind === 'select' ? 'filtered' : 'expanded',
    ...(input.kind === 'choices' ? { isMultiSelect: true } : {}),
    choices: choices(input).map((option) => ({
      title: oneLine(optionText(option, words)),
      value: option.value,
    })),
  }
}

function textField(input: Input, words: ChannelWords): CardElement {
  const members = fieldMembers(input, words)
  return { type: 'Input.Text', ...members, maxLength: MOST_TYPED, ...TEXT_STYLES[input.typing ?? 'text'] }
}

/** Hosts that check `isRequired` say so and send nothing; others leave the field out, and the bot asks again. */
function fieldMembers({ kind, label }: Input, words: ChannelWords): object {
  const common = { id: FIELD, label: oneLine(plainLine(label), 500), isRequired: true }
  return kind === 'text' ? common : { ...common, errorMessage: words.choose, placeholder: words.choose }
}

/** With "not sure" as one of them, for the reason given at `besides`. */
function choices(input: Input): readonly Option[] {
  return input.unsure === undefined
    ? input.options
    : [...input.options, { value: UNSURE, label: input.unsure }]
}

/** The host adds what was typed or chosen, several values joined by commas, as `answer`. */
function sendField({ question, version, submit }: Input): CardElement {
  return {
    type: 'Action.Submit',
    title: oneLine(submit),
    style: 'positive',
    data: { kind: 'answer', question, version },
  }
}

/** Letters of the East are twice as wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u1100-\uffdc]/.test(character) ? 2 : 1), 0)
}
