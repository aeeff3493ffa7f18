import base from './styles/base.css'
import caseSheet from './styles/case.css'
import header from './styles/header.css'
import input from './styles/input.css'
import layout from './styles/layout.css'
import message from './styles/message.css'
import theme from './styles/theme.css'

const TEXT = [theme, base, layout, header, message, input, caseSheet].join('')
let shared: CSSStyleSheet | undefined

/**
 * Gives the shadow root its style. A constructed sheet is no inline style, so the strictest content security
 * policy of the surrounding page lets it be; very old browsers get a style element instead.
 */
export function adoptStyles(root: ShadowRoot): ShadowRoot {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (shared === undefined) {
      shared = new CSSStyleSheet()
      shared.replaceSync(TEXT)
    }
    root.adoptedStyleSheets = [shared]
  } else {
    const style = document.createElement('style')
    style.textContent = TEXT
    root.append(style)
  }
  return root
}
