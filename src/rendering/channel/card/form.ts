import type { Form, FormField, Input } from '../../message.ts'
import { plainLine } from '../markdown.ts'
import { actionSets, oneLine, richText, type CardElement } from './elements.ts'
import { MOST_TYPED, TEXT_STYLES } from './text-styles.ts'

/**
 * A form as one card: what is wrong stands above its field, and the host adds every field to the data of the button
 * under its question's key. Hosts leave empty fields out, so the data names all of them (`parseFormAnswers`).
 */
export function formElements(form: Form, { version }: Input): readonly CardElement[] {
  const fields = form.fields.map(({ question }) => question).join(' ')
  const send: CardElement = {
    type: 'Action.Submit',
    title: oneLine(form.submit),
    style: 'positive',
    data: { kind: 'answers', version, fields },
  }
  return [...form.fields.flatMap(fieldElements), ...actionSets([send])]
}

function fieldElements(field: FormField): readonly CardElement[] {
  const { question, label, hint, skip, value, error, typing } = field
  return [
    ...(error === undefined ? [] : richText(error, { weight: 'Bolder' })),
    {
      type: 'Input.Text',
      id: question,
      label: oneLine(plainLine(label), 500),
      placeholder: oneLine(plainLine(skip ?? hint ?? label), 200),
      maxLength: MOST_TYPED,
      ...TEXT_STYLES[typing ?? 'text'],
      ...(skip === undefined ? { isRequired: true, errorMessage: oneLine(plainLine(label), 200) } : {}),
      ...(value === undefined ? {} : { value }),
    },
  ]
}
