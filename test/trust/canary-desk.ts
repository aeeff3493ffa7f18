import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WebTalker } from '../support/direct-line-talker.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import {
  deliver,
  messageEvent,
  pressForm,
  startSlack,
  type SlackStandIn,
} from '../support/platforms/slack.ts'
import { CANARIES } from './canaries.ts'

const SECRET = 'a-signing-secret-of-slack-0123456789'
const SAYING = `${CANARIES['leader.name']}: ${CANARIES['leader.mobile']}, ${CANARIES['leader.identity-number']}, ${CANARIES['entity.address']}`

/** A stand-in for Slack with the settings that lead the product to it: U1 is staff. */
export async function startCanaryDesk(): Promise<{
  readonly slack: SlackStandIn
  readonly environment: NodeJS.ProcessEnv
}> {
  const slack = await startSlack()
  const environment = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: slack.apiUrl,
    STAFF: 'slack:T1:U1',
    DESK_HOURS: 'mon-sun 00:00-24:00',
  }
  return { slack, environment }
}

/** Staff and an applicant with canaries in all they say, while Slack is well, refuses, and breaks off. */
export async function talkToStaff(address: string, slack: SlackStandIn): Promise<WebTalker> {
  let count = 0
  const stamp = () => `17000001${String((count += 1)).padStart(2, '0')}.000100`
  const says = (user: string, text: string, thread?: string) =>
    send(address, {
      ...{ user, channel: 'C1', ts: stamp(), text: thread === undefined ? `<@UBOT> ${text}` : text },
      ...(thread === undefined ? {} : { thread_ts: thread }),
    })
  await says('U1', 'watch')
  await until(() => slack.posted.length > 0)
  for (const user of ['U1', 'U9']) await says(user, SAYING)

  const talker = await directLineTalker(address, 'zh-CN')
  await talker.text(SAYING)
  slack.troubles.push({ kind: 'rate-limited', seconds: 1 })
  await talker.text('转人工')
  const claim = /claim [2-9A-HJKMNP-TV-Z]{5}/
  const card = await until(() => slack.posted.find((one) => claim.test(JSON.stringify(one))))
  await talker.text(SAYING)
  if (!card) return talker
  const [command = ''] = claim.exec(JSON.stringify(card)) ?? []
  const form = pressForm(command, {
    user: { id: 'U1', name: CANARIES['administrator.name'], team_id: 'T1' },
    message: { ts: card.ts, text: SAYING },
  })
  await deliver(`${address}/api/slack`, SECRET, form, { type: 'application/x-www-form-urlencoded' })
  await until(() => slack.posted.some((one) => JSON.stringify(one).includes('release')))
  await talker.text(SAYING)
  await until(() => slack.posted.some(({ text }) => text.includes('[phone]')))
  // What is refused is given up, and the log says so.
  slack.troubles.push({ kind: 'error', code: 'channel_not_found' })
  await talker.text(SAYING)
  await says('U1', SAYING, card.ts)
  await sleep(2_000)
  slack.troubles.push({ kind: 'cut' }, { kind: 'status', status: 500 })
  await talker.text(SAYING)
  // Broken events, and one nobody signed.
  await deliver(`${address}/api/slack`, SECRET, `{"${SAYING}`)
  await deliver(`${address}/api/slack`, SECRET, JSON.stringify({ type: SAYING, event: SAYING }))
  await deliver(`${address}/api/slack`, SECRET, SAYING, { signature: SAYING.replace(/[^\x20-\x7e]/g, '') })
  return talker
}

/** Every file of the case is fetched, and once more with what opens nothing. */
export async function download(address: string, talker: WebTalker): Promise<number> {
  const replies = await talker.text('download')
  const links = [...JSON.stringify(replies).matchAll(/http[^)"\s\\]+\/download\/[^)"\s\\]+/g)].map(
    ([link]) => link,
  )
  for (const link of links) await (await fetch(link)).arrayBuffer()
  for (const value of Object.values(CANARIES))
    await (await fetch(`${address}/download/dossier.pdf?link=${encodeURIComponent(value)}`)).text()
  return links.length
}

async function send(address: string, event: Record<string, unknown>): Promise<void> {
  await deliver(`${address}/api/slack`, SECRET, JSON.stringify(messageEvent(randomUUID(), event)))
}

/** The queues look once a second. What does not come is what the test is not about. */
async function until<T>(look: () => T): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = look()
    if (found) return found
    await sleep(100)
  }
  return look()
}
