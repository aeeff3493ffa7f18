import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAssistant } from './context.ts'
import { SendIcon } from './icons.tsx'

/** Where one types. Enter sends, Shift+Enter breaks the line, and no Enter of an input method ever sends. */
export function Composer({ id }: { id: string }) {
  const { strings, session } = useAssistant()
  const [typed, setTyped] = useState(session.draft)
  const box = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => {
    session.draft = typed
    if (box.current) grow(box.current)
  }, [typed, session])

  const send = () => {
    const said = typed.trim()
    if (said === '') return
    session.send(said)
    setTyped('')
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
        box.current?.focus()
      }}
    >
      <div class="composer-box">
        <textarea
          ref={box}
          id={`${id}-box`}
          rows={1}
          aria-label={strings.messageBox}
          aria-describedby={`${id}-hint`}
          placeholder={strings.placeholder}
          value={typed}
          enterkeyhint="send"
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
            event.preventDefault()
            send()
          }}
        />
        <button type="submit" class="send" aria-label={strings.send} aria-disabled={typed.trim() === ''}>
          <SendIcon />
        </button>
      </div>
      <p class="disclaimer">{strings.disclaimer}</p>
      <p class="hidden" id={`${id}-hint`}>
        {strings.sendHint}
      </p>
    </form>
  )
}

/** As high as its text, up to the limit the style sheet sets. */
function grow(box: HTMLTextAreaElement): void {
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight}px`
}
