import { useRef, useState } from 'preact/hooks'
import type { Copyable } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { useAssistant } from './context.ts'

/** Text to be used elsewhere character by character, with a button that copies it. */
export function CopyBox({ copy: { label, text } }: { copy: Copyable }) {
  const { strings } = useAssistant()
  const [copied, setCopied] = useState<boolean>()
  const code = useRef<HTMLElement>(null)

  const copy = async () => setCopied(await copyText(text, code.current))
  return (
    <figure class="copy-box">
      <figcaption>
        <span>{label}</span>
        <button
          type="button"
          class="copy"
          aria-label={fill(strings.copyWhat, { action: copied ? strings.copied : strings.copy, label })}
          onClick={() => void copy()}
        >
          {copied ? strings.copied : strings.copy}
        </button>
      </figcaption>
      <pre tabIndex={0} aria-label={label} role="group">
        <code ref={code}>{text}</code>
      </pre>
      <p class="hidden" role="status">
        {copied && strings.copied}
      </p>
      {copied === false && <p class="field-note">{strings.copyByHand}</p>}
    </figure>
  )
}

/** False where the browser lets no script copy; then the text is left selected. */
async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown)
    return false
  }
}
