import type { Input, Payload } from '../../src/rendering/message.ts'
import { ChoiceInput } from './choice-input.tsx'
import { ChoicesInput } from './choices-input.tsx'
import { FormInput } from './form-input.tsx'
import { SelectInput } from './select-input.tsx'
import { TextInput } from './text-input.tsx'

export interface InputProps {
  readonly input: Input
  /** Names the elements of this message: ids must not meet those of another message. */
  readonly id: string
  readonly active: boolean
  readonly chosen: readonly string[]
  /** What its form held when it was sent. */
  readonly sent?: Readonly<Record<string, string>>
}

export function InputView(props: InputProps) {
  const { input, id, active, sent } = props
  // A form answered as the single question (typed below, say) shows that answer.
  if (input.form && (active || sent))
    return <FormInput input={input} form={input.form} id={id} active={active} sent={sent} />
  switch (input.kind) {
    case 'choice':
      return <ChoiceInput {...props} />
    case 'choices':
      return <ChoicesInput {...props} />
    case 'select':
      return <SelectInput {...props} />
    case 'text':
      return <TextInput {...props} />
  }
}

export function answerTo({ question, version }: Input, answer: string | readonly string[]): Payload {
  return { kind: 'answer', question, version, answer }
}
