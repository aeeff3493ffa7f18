import { defineElement } from './element.tsx'

/**
 * Entry of widget.js. Defines `<icp-filing-assistant>`; with `data-mode="launcher"` on its script tag it also
 * puts the launcher at the corner of the page. The server is where the script came from.
 */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined
defineElement(new URL('.', script?.src || location.href).href.replace(/\/$/, ''))

if (script?.dataset.mode === 'launcher') {
  const launcher = document.createElement('icp-filing-assistant')
  launcher.setAttribute('mode', 'launcher')
  const { lang, theme, server, strings, position } = script.dataset
  const attributes = { lang, 'data-theme': theme, server, strings, position }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) launcher.setAttribute(name, value)
  }
  // Beside the body, not in it: many pages shift or fade their body, and a fixed place would go with it.
  const put = () => document.documentElement.append(launcher)
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', put)
  else put()
}
