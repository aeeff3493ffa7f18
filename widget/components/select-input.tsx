import { useEffect, useRef, useState } from 'preact/hooks'
import type { Option } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { plainText } from '../text/plain.ts'
import { UnsureButton } from './choice-input.tsx'
import { useAssistant } from './context.ts'
import { CheckIcon, DownIcon } from './icons.tsx'
import { answerTo, type InputProps } from './input.tsx'

/** One of many: a list that narrows while one types (the ARIA combobox pattern), and a button that sends. */
export function SelectInput({ input, id, active, chosen }: InputProps) {
  const { strings, session } = useAssistant()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const [picked, setPicked] = useState<Option>()
  const [error, setError] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)

  const matches = picked && typed === picked.label ? input.options : matching(input.options, typed)
  const expanded = open && active
  const answered = input.options.find(({ value }) => chosen.includes(value))?.label
  const optionId = (index: number) => `${id}-option-${index}`

  useEffect(() => {
    if (expanded) list.current?.scrollIntoView({ block: 'nearest' })
  }, [expanded])

  const pick = (option: Option) => {
    setPicked(option)
    setTyped(option.label)
    setOpen(false)
    setAt(-1)
    setError(false)
  }
  const move = (to: number) => {
    setOpen(true)
    if (matches.length === 0) return
    const next = (to + matches.length) % matches.length
    setAt(next)
    requestAnimationFrame(() => list.current?.children[next]?.scrollIntoView({ block: 'nearest' }))
  }
  // Not at once: what is being clicked would move from under the pointer before the click is complete.
  const leave = () => {
    setTimeout(() => {
      const root = box.current?.getRootNode()
      if (root instanceof ShadowRoot && root.activeElement !== box.current) setOpen(false)
    }, 250)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (!active) return
    const option = picked ?? (typed !== '' && matches.length === 1 ? matches[0] : undefined)
    if (option) session.send(option.label, answerTo(input, option.value))
    else setError(true)
  }
  const key = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return
    const option = matches[at]
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at <= 0 ? -1 : at - 1)
    else if (event.key === 'Enter' && expanded && option) pick(option)
    else if (event.key === 'Escape' && expanded) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form
      class={active ? 'select' : answered === undefined ? 'select old empty' : 'select old'}
      onSubmit={submit}
      noValidate
    >
      <div class="select-row">
        <div class="combo">
          <input
            ref={box}
            type="text"
            role="combobox"
            autoComplete="off"
            spellcheck={false}
            aria-label={plainText(input.label)}
            aria-expanded={expanded}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={expanded && at >= 0 && at < matches.length ? optionId(at) : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            placeholder={active ? strings.filter : ''}
            value={active ? typed : (answered ?? '')}
            disabled={!active}
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              setPicked(undefined)
              setOpen(true)
              setError(false)
              setAt(-1)
            }}
            onClick={() => setOpen(true)}
            onBlur={leave}
            onKeyDown={key}
          />
          {answered !== undefined && !active ? <CheckIcon /> : <DownIcon />}
        </div>
        <button type="submit" class="primary" aria-disabled={!active} tabIndex={active ? undefined : -1}>
          {input.submit}
        </button>
      </div>
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={plainText(input.label)} hidden={!expanded}>
        {matches.map((option, index) => (
          <li
            key={option.value}
            id={optionId(index)}
            role="option"
            aria-selected={index === at || option.value === picked?.value}
            class={index === at ? 'at' : ''}
            // Before the blur that would close the list under the pointer.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            {option.label}
            {option.hint !== undefined && <span class="option-hint"> {option.hint}</span>}
          </li>
        ))}
      </ul>
      <p class={matches.length === 0 ? 'field-note' : 'hidden'} role="status">
        {expanded &&
          typed !== '' &&
          (matches.length === 0 ? strings.noMatch : fill(strings.matches, { n: matches.length }))}
      </p>
      <p id={`${id}-error`} class="field-error" role="alert">
        {error && active ? strings.chooseFromList : ''}
      </p>
      <UnsureButton input={input} active={active} chosen={chosen} />
    </form>
  )
}

function matching(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return options
  return options.filter(({ label, hint = '', value }) =>
    `${label} ${hint} ${value}`.toLowerCase().includes(wanted),
  )
}
