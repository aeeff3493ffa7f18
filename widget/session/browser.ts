import type { Language } from '../../src/language.ts'
import { directLine } from './direct-line.ts'
import type { Clock, OpenSocket } from './ports.ts'
import { savedStore, type Shelf } from './saved.ts'
import { Session } from './session.ts'

/** A session on the browser's own fetch, WebSocket and storage. Returns it with what stops its listeners. */
export function browserSession(
  server: string,
  language: Language,
): { session: Session; release: () => void } {
  const key = `icp-filing-assistant:${server}`
  const session = new Session({
    api: directLine((address, init) => fetch(address, { ...init, credentials: 'omit' }), server),
    openSocket: (address, events) => openSocket(new URL(address, server), events),
    clock,
    saved: savedStore(shelf(), key),
    alone: async (work) => (navigator.locks ? await navigator.locks.request(key, work) : work()),
    language,
    newKey,
  })
  const hurry = () => {
    if (document.visibilityState === 'visible') session.hurry()
  }
  const stored = (event: StorageEvent) => {
    if (event.key === key) session.savedElsewhere()
  }
  addEventListener('online', hurry)
  addEventListener('storage', stored)
  document.addEventListener('visibilitychange', hurry)
  return {
    session,
    release() {
      session.stop()
      removeEventListener('online', hurry)
      removeEventListener('storage', stored)
      document.removeEventListener('visibilitychange', hurry)
    },
  }
}

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, work) => window.setTimeout(work, ms),
  cancel: (timer) => window.clearTimeout(timer),
}

function openSocket(address: URL, events: Parameters<OpenSocket>[1]): ReturnType<OpenSocket> {
  // The stream's address may be given for http; a WebSocket wants its own scheme.
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address)
  socket.onopen = () => events.open()
  socket.onmessage = ({ data }) => events.frame(typeof data === 'string' ? data : '')
  socket.onclose = () => events.close()
  return { close: () => socket.close() }
}

function shelf(): Shelf | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** `crypto.randomUUID` is there on secure pages only, and a widget may stand on a plain http page. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
