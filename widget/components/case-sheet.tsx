import { useEffect, useRef } from 'preact/hooks'
import type { CaseView } from '../../src/rendering/case-view.ts'
import { CasePanel } from './case-panel.tsx'
import { useAssistant } from './context.ts'
import { CloseIcon } from './icons.tsx'

interface Props {
  readonly view: CaseView | undefined
  readonly onClose: () => void
}

/** The panel over the conversation, where there is no room beside it. A modal dialog: what it covers is inert. */
export function CaseSheet({ view, onClose }: Props) {
  const { strings } = useAssistant()
  const title = useRef<HTMLHeadingElement>(null)
  // The person asked for it, so the focus goes in.
  useEffect(() => title.current?.focus(), [])
  return (
    <div
      class="sheet"
      role="dialog"
      aria-modal="true"
      aria-labelledby="case-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div class="case-head">
        <h2 id="case-title" class="title" ref={title} tabIndex={-1}>
          {strings.myCase}
        </h2>
        <button type="button" class="icon-button" aria-label={strings.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <div class="case-scroll" tabIndex={0} role="region" aria-labelledby="case-title">
        <CasePanel view={view} onSent={onClose} />
      </div>
    </div>
  )
}

/** The same beside the conversation. */
export function CaseAside({ view }: { view: CaseView | undefined }) {
  const { strings } = useAssistant()
  return (
    <aside class="aside" aria-labelledby="case-title">
      <h2 id="case-title" class="title">
        {strings.myCase}
      </h2>
      <CasePanel view={view} />
    </aside>
  )
}
