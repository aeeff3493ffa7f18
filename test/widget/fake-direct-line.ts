import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Language } from '../../src/language.ts'
import type { FormAnswers } from '../../src/rendering/message.ts'
import { caseScript } from './script-case.ts'
import { fieldScript, type FieldStep } from './script-fields.ts'
import { script, type Step } from './script.ts'

interface Conversation {
  readonly id: string
  readonly log: Record<string, unknown>[]
  readonly sockets: Set<WebSocket>
  language: Language
  step: Step
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** A small Direct Line server with a scripted bot, with switches for what goes wrong in real life. */
export class FakeDirectLine {
  readonly conversations = new Map<string, Conversation>()
  readonly posts: Record<string, unknown>[] = []
  /** The next so many posts are taken but answered with a broken connection. */
  losePosts = 0
  refuseSockets = false
  down = false
  /** Messages carry the case as well. */
  cases = false
  delay = 10
  readonly #tokens = new Map<string, string>()
  readonly #http = createServer((req, res) => void this.#handle(req, res))
  readonly #ws = new WebSocketServer({ noServer: true })
  readonly #rest: Handler

  /** @param rest answers every other path */
  constructor(
    rest: Handler = (_, res) => {
      res.writeHead(404)
      res.end()
    },
  ) {
    this.#rest = rest
    this.#http.on('upgrade', (req, socket, head) => {
      const url = new URL(req.url ?? '/', 'http://localhost')
      const conversation = this.conversations.get(url.searchParams.get('c') ?? '')
      if (this.down || this.refuseSockets || !conversation) return socket.destroy()
      this.#ws.handleUpgrade(req, socket, head, (ws) => {
        conversation.sockets.add(ws)
        ws.on('close', () => conversation.sockets.delete(ws))
        ws.send('')
        const since = Number(url.searchParams.get('w') ?? 0)
        ws.send(JSON.stringify(this.#set(conversation, since)))
      })
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.cut()
    this.#ws.close()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  /** Cuts every stream, as a network does. */
  cut(): void {
    for (const { sockets } of this.conversations.values()) for (const socket of sockets) socket.terminate()
  }

  expireTokens(): void {
    for (const token of this.#tokens.keys()) if (token.startsWith('token-')) this.#tokens.delete(token)
  }

  forgetEverything(): void {
    this.cut()
    this.conversations.clear()
    this.#tokens.clear()
  }

  /** @param typed what a form that comes back holds */
  say(conversation: Conversation, step: Step | FieldStep, typed?: Readonly<Record<string, string>>): void {
    const { language, log } = conversation
    const message = isField(step)
      ? fieldScript(step, language, log.length, typed)
      : script(step, language, log.length)
    const answered = log.some(({ value }) => (value as { kind?: string } | undefined)?.kind === 'answer')
    this.#append(conversation, {
      type: 'message',
      from: { id: 'bot', role: 'bot' },
      text: step,
      locale: conversation.language,
      channelData: { message, ...(this.cases ? { case: caseScript(language, log.length, answered) } : {}) },
    })
  }

  async #handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://localhost')
    if (!url.pathname.startsWith('/v3/directline')) return this.#rest(req, res)
    if (this.down) return void req.socket.destroy()
    res.setHeader('Access-Control-Allow-Origin', '*')
    res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
    if (req.method === 'OPTIONS') {
      res.writeHead(204)
      return void res.end()
    }
    const reply = (status: number, body: object) => {
      // Not chained: restify replaces writeHead for the whole process and returns nothing from it.
      res.writeHead(status, { 'content-type': 'application/json' })
      res.end(JSON.stringify(body))
    }
    const error = (status: number, code: string) => reply(status, { error: { code, message: code } })

    const path = url.pathname.slice('/v3/directline'.length)
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1]
    const id = token === undefined ? undefined : this.#tokens.get(token)
    if (path === '/tokens/generate') {
      if (token !== undefined && id === undefined) return error(403, 'token-invalid')
      if (id !== undefined && !this.conversations.has(id)) return error(404, 'conversation-unknown')
      return reply(200, this.#grant(id ?? randomUUID()))
    }
    if (id === undefined) return error(403, 'token-expired')
    if (path === '/tokens/refresh') return reply(200, this.#grant(id))
    const body = req.method === 'POST' ? await json(req) : {}
    if (path === '/conversations') {
      const language: Language = body.locale === 'en' ? 'en' : 'zh-CN'
      const fresh: Conversation = { id, log: [], sockets: new Set(), language, step: 'welcome' }
      this.conversations.set(id, fresh)
      this.say(fresh, 'welcome')
      const resumeToken = `resume-${id}`
      this.#tokens.set(resumeToken, id)
      return reply(201, { ...this.#grant(id), streamUrl: this.#stream(req, id, 0), resumeToken })
    }
    const conversation = this.conversations.get(id)
    if (!conversation) return error(404, 'conversation-unknown')
    const watermark = Number(url.searchParams.get('watermark') ?? 0)
    if (!path.endsWith('/activities')) {
      return reply(200, { ...this.#grant(id), streamUrl: this.#stream(req, id, watermark) })
    }
    if (req.method === 'GET') return reply(200, this.#set(conversation, watermark))
    if (String(body.text).length > 4000) return error(400, 'text-too-long')
    this.#receive(conversation, body)
    if (this.losePosts > 0) {
      this.losePosts -= 1
      return void req.socket.destroy()
    }
    reply(200, { id: `${id}|${conversation.log.length}` })
  }

  #receive(conversation: Conversation, body: Record<string, unknown>): void {
    this.posts.push(body)
    const key = (body.channelData as { clientActivityID: string }).clientActivityID
    const twice = conversation.log.some(
      ({ channelData }) => (channelData as { clientActivityID?: string }).clientActivityID === key,
    )
    if (twice) return
    this.#append(conversation, { ...body, from: { id: 'dl_1', role: 'user' } })
    setTimeout(() => this.#answer(conversation, body), this.delay)
  }

  #answer(conversation: Conversation, body: Record<string, unknown>): void {
    const value = (body.value ?? {}) as Record<string, string>
    const order: readonly Step[] = ['welcome', 'province', 'services', 'result']
    if (value.kind === 'answers') return this.#answerForm(conversation, body.value as FormAnswers)
    if (value.kind === 'answer') conversation.step = order[order.indexOf(conversation.step) + 1] ?? 'result'
    else if (value.command === 'language') conversation.language = value.argument as Language
    else if (value.command === 'restart' || value.command === 'edit') conversation.step = 'welcome'
    else if (value.command === 'help' || value.command === 'summary') this.say(conversation, value.command)
    else this.say(conversation, 'unknown')
    this.say(conversation, conversation.step)
  }

  /** A mobile number of another length is not taken. */
  #answerForm(conversation: Conversation, { answers }: FormAnswers): void {
    const good = answers['leader.mobile']?.length === 11
    this.say(conversation, good ? 'result' : 'form-errors', answers)
  }

  #append(conversation: Conversation, activity: Record<string, unknown>): void {
    const from = conversation.log.length
    const id = `${conversation.id}|${String(from).padStart(7, '0')}`
    conversation.log.push({ ...activity, id, timestamp: new Date().toISOString() })
    const frame = JSON.stringify(this.#set(conversation, from))
    for (const socket of conversation.sockets) socket.send(frame)
  }

  #set({ log }: Conversation, since: number) {
    return { activities: log.slice(since), watermark: String(log.length) }
  }

  #grant(id: string) {
    const token = `token-${randomUUID()}`
    this.#tokens.set(token, id)
    return { conversationId: id, token, expires_in: 1800 }
  }

  #stream(req: IncomingMessage, id: string, watermark: number): string {
    return `ws://${req.headers.host}/v3/directline/conversations/${id}/stream?c=${id}&w=${watermark}`
  }
}

function isField(step: Step | FieldStep): step is FieldStep {
  return ['day', 'long', 'snippet', 'form', 'form-errors'].includes(step)
}

async function json(req: IncomingMessage): Promise<Record<string, unknown>> {
  let body = ''
  for await (const chunk of req) body += String(chunk)
  return body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)
}
