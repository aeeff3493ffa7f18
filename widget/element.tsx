import { render } from 'preact'
import { nearestLanguage, type Language } from '../src/language.ts'
import { App, type Mode } from './components/app.tsx'
import { browserSession } from './session/browser.ts'
import { readOverrides, type StringOverrides } from './strings.ts'
import { adoptStyles } from './styles.ts'

/**
 * `<icp-filing-assistant>`: the assistant at its place in a page. Attributes, all optional: `lang`,
 * `mode` (`inline`, `page`, `launcher`), `data-theme` (`light`, `dark`), `server`, `strings` (JSON), and for the
 * launcher `position` (`left`, `right`).
 */
export function defineElement(defaultServer: string): void {
  class IcpFilingAssistant extends HTMLElement {
    /** Own words instead of the widget's; set before the element is put into the page. */
    declare strings?: StringOverrides
    #root: ShadowRoot | undefined
    #release: (() => void) | undefined

    connectedCallback(): void {
      if (this.#release) return
      const server = serverAddress(this.getAttribute('server'), defaultServer)
      const { session, release } = browserSession(server, startLanguage(this.getAttribute('lang')))
      const mode = modeOf(this.getAttribute('mode'))
      const overrides = this.strings ?? readOverrides(this.getAttribute('strings'))
      // First, so that the request is on its way while the frame is drawn.
      if (mode !== 'launcher') session.start()
      this.#root ??= adoptStyles(this.attachShadow({ mode: 'open' }))
      render(<App session={session} mode={mode} overrides={overrides} />, this.#root)
      this.#release = release
    }

    disconnectedCallback(): void {
      // Moved within the page it comes back at once: only a real removal ends the session.
      queueMicrotask(() => {
        if (this.isConnected || !this.#release || !this.#root) return
        this.#release()
        this.#release = undefined
        render(null, this.#root)
      })
    }
  }
  if (!customElements.get('icp-filing-assistant')) {
    customElements.define('icp-filing-assistant', IcpFilingAssistant)
  }
}

function modeOf(value: string | null): Mode {
  return value === 'page' || value === 'launcher' ? value : 'inline'
}

function serverAddress(given: string | null, fallback: string): string {
  try {
    return given === null ? fallback : new URL(given, location.href).href.replace(/\/+$/, '')
  } catch {
    return fallback
  }
}

/** The page's word first, then the first language of the reader that the product speaks. */
function startLanguage(attribute: string | null): Language {
  for (const tag of [attribute ?? undefined, ...navigator.languages]) {
    const language = nearestLanguage(tag)
    if (language) return language
  }
  return 'en'
}
