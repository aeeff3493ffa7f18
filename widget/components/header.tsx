import { LANGUAGES, type Language } from '../../src/language.ts'
import { useAssistant } from './context.ts'
import { CloseIcon, Mark } from './icons.tsx'
import { Menu } from './menu.tsx'

/** Each language in its own words, whatever the current one: that is how a reader finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' }

interface Props {
  readonly page: boolean
  readonly titleId: string
  readonly onClose: (() => void) | undefined
}

export function Header({ page, titleId, onClose }: Props) {
  const { strings } = useAssistant()
  const Title = page ? 'h1' : 'h2'
  // A banner belongs to a document; in somebody's page it is theirs.
  const Frame = page ? 'header' : 'div'
  return (
    <Frame class="header">
      <div class="header-inner">
        <span class="mark">
          <Mark />
        </span>
        <div class="names">
          <Title class="title" id={titleId}>
            {strings.title}
          </Title>
          <p class="subtitle">{strings.subtitle}</p>
        </div>
        <LanguageSwitch />
        <Menu />
        {onClose && (
          <button type="button" class="icon-button" aria-label={strings.close} onClick={onClose}>
            <CloseIcon />
          </button>
        )}
      </div>
    </Frame>
  )
}

function LanguageSwitch() {
  const { strings, session } = useAssistant()
  return (
    <div class="languages" role="group" aria-label={strings.language}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={session.state.language === language}
          onClick={() => session.setLanguage(language, LANGUAGE_NAMES[language])}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </div>
  )
}
