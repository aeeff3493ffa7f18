/**
 * Where something is said in WeCom, in one string: to the bot in a group or alone, or to the app. An answer finds its
 * way back by it, also long after.
 */
export type Chat =
  | { readonly way: 'bot'; readonly kind: 'single' | 'group'; readonly id: string }
  | { readonly way: 'app'; readonly user: string }

const PREFIXES = { single: 'bot:', group: 'bot-group:', app: 'app:' } as const

export function botChat(kind: 'single' | 'group', id: string): string {
  return `${PREFIXES[kind]}${id}`
}

export function appChat(user: string): string {
  return `${PREFIXES.app}${user}`
}

/** @returns undefined for what is no chat of WeCom's */
export function readChat(chat: string): Chat | undefined {
  for (const kind of ['single', 'group'] as const)
    if (chat.startsWith(PREFIXES[kind])) return { way: 'bot', kind, id: chat.slice(PREFIXES[kind].length) }
  return chat.startsWith(PREFIXES.app) ? { way: 'app', user: chat.slice(PREFIXES.app.length) } : undefined
}
