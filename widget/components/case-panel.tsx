import { LANGUAGES } from '../../src/language.ts'
import type { CaseView, Download, Progress, SectionView } from '../../src/rendering/case-view.ts'
import type { CommandName, SummaryRow } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { plainText } from '../text/plain.ts'
import { ChangeButton } from './blocks.tsx'
import { CasePart } from './case-part.tsx'
import { useAssistant } from './context.ts'
import { CopyBox } from './copy-box.tsx'
import { LANGUAGE_NAMES } from './header.tsx'
import { CheckIcon, DownIcon, NextIcon } from './icons.tsx'
import { RichLine, SafeLink } from './rich-text.tsx'
import { CaseTimeline } from './timeline.tsx'

interface Props {
  readonly view: CaseView | undefined
  /** Called when something was sent that the conversation answers. */
  readonly onSent?: () => void
}

/** All there is of the case: how far it is, what was answered, what follows, and what one may do with it. */
export function CasePanel({ view, onSent }: Props) {
  return (
    <div class="case" lang={view?.language}>
      {view && <CaseContent view={view} onSent={onSent} />}
      <CaseFoot onSent={onSent} />
    </div>
  )
}

function CaseContent({ view, onSent }: { view: CaseView; onSent: Props['onSent'] }) {
  const { strings } = useAssistant()
  const { code, progress, sections, results, documents, timeline, downloads = [], sources } = view
  return (
    <>
      <ProgressBar progress={progress} />
      {code !== undefined && <CopyBox copy={{ label: strings.caseCode, text: code }} />}
      <section>
        <h3 class="case-title">{strings.answers}</h3>
        <ol class="case-sections">
          {sections.map((section) => (
            <CaseSection key={section.id} section={section} onSent={onSent} />
          ))}
        </ol>
      </section>
      <section>
        <h3 class="case-title">{strings.results}</h3>
        {results.length === 0 && <p class="field-note">{strings.noResults}</p>}
        {results.map((part) => (
          <CasePart key={part.id} part={part} sources={sources} />
        ))}
      </section>
      {documents && documents.blocks.length > 0 && (
        <section>
          <h3 class="case-title">{strings.documents}</h3>
          <CasePart part={documents} sources={sources} />
        </section>
      )}
      {timeline && <CaseTimeline timeline={timeline} sources={sources} />}
      {downloads.length > 0 && <Downloads downloads={downloads} />}
    </>
  )
}

function ProgressBar({ progress: { done, total, text } }: { progress: Progress }) {
  const { strings } = useAssistant()
  return (
    <div class="progress">
      <div
        class="progress-bar"
        role="progressbar"
        aria-label={strings.progress}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={done}
        aria-valuetext={text}
      >
        {Array.from({ length: total }, (_, at) => (
          <i key={at} class={at < done ? 'full' : ''} />
        ))}
      </div>
      <p>{text}</p>
    </div>
  )
}

function CaseSection({ section, onSent }: { section: SectionView; onSent: Props['onSent'] }) {
  const { title, state, stateText, rows } = section
  const head = (
    <>
      <span class={`case-state ${state}`} aria-hidden="true">
        {state === 'done' && <CheckIcon />}
      </span>
      <span class="fold-title">{title}</span>
      <span class="count">{stateText}</span>
    </>
  )
  if (rows.length === 0) return <li class="case-section">{head}</li>
  return (
    <li>
      <details open={state === 'open'}>
        <summary class="case-section">
          {head}
          <DownIcon />
        </summary>
        <dl class="summary">
          {rows.map((row, at) => (
            <AnswerRow key={at} row={row} onSent={onSent} />
          ))}
        </dl>
      </details>
    </li>
  )
}

function AnswerRow({ row: { label, value, change }, onSent }: { row: SummaryRow; onSent: Props['onSent'] }) {
  return (
    <div class="summary-row">
      <dt>
        <RichLine source={label} />
      </dt>
      <dd>
        <span class="summary-value">
          <RichLine source={value} />
        </span>
        {change && <ChangeButton change={change} label={plainText(label)} active onSent={onSent} />}
      </dd>
    </div>
  )
}

function Downloads({ downloads }: { downloads: readonly Download[] }) {
  const { strings } = useAssistant()
  return (
    <section>
      <h3 class="case-title">{strings.downloads}</h3>
      <ul class="case-downloads">
        {downloads.map(({ label, url }) => (
          <li key={url}>
            <SafeLink label={label} url={url} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is always there, also before anything was answered. */
function CaseFoot({ onSent }: { onSent: Props['onSent'] }) {
  const { strings, session } = useAssistant()
  const { language } = session.state
  const send = (words: string, command: CommandName) => () => {
    session.send(words, { kind: 'command', command })
    onSent?.()
  }
  return (
    <div class="case-foot" role="group" aria-label={strings.options} lang={language}>
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <button
          key={other}
          type="button"
          class="action"
          lang={other}
          onClick={() => session.setLanguage(other, LANGUAGE_NAMES[other])}
        >
          {LANGUAGE_NAMES[other]}
        </button>
      ))}
      <button type="button" class="action" onClick={send(strings.human, 'human')}>
        {strings.human}
      </button>
      <button type="button" class="action danger" onClick={send(strings.deleteData, 'delete')}>
        {strings.deleteData}
      </button>
    </div>
  )
}

/** The way to the panel where it does not stand beside the conversation: how far the case is, and a press shows all. */
export function CaseBar({ view, onOpen }: { view: CaseView; onOpen: (button: HTMLElement) => void }) {
  const { strings } = useAssistant()
  const { done, total, text } = view.progress
  return (
    <button
      type="button"
      class="case-bar"
      aria-haspopup="dialog"
      aria-label={fill(strings.changeRow, { action: strings.showCase, label: text })}
      onClick={(event) => onOpen(event.currentTarget)}
    >
      <span class="case-bar-name">{strings.myCase}</span>
      <span class="progress-bar" aria-hidden="true">
        {Array.from({ length: total }, (_, at) => (
          <i key={at} class={at < done ? 'full' : ''} />
        ))}
      </span>
      <span class="case-bar-text" lang={view.language}>
        {text}
      </span>
      <NextIcon />
    </button>
  )
}
