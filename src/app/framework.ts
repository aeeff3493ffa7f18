import { FilingBot } from '../bot/filing-bot.ts'
import type { Turns } from '../bot/turns.ts'
import { createWhileAway } from '../bot/while-away.ts'
import { chinaCloud, GLOBAL_CLOUD } from '../channels/bot-framework/cloud.ts'
import { mountBotFramework, type BotFramework } from '../channels/bot-framework/mount.ts'
import { conversationKey } from '../bot/keys.ts'
import type { RateLimits } from '../server/rate-limit/rate-limits.ts'
import type { Parts } from './parts.ts'
import type { Staff } from './staff.ts'
import { timed } from './timed.ts'

/**
 * `/api/messages`: Teams, the Emulator and the channels of Azure, where they are switched on. Staff, by their
 * platform's ids, come to their desk; everybody else is an applicant.
 */
export function mountFramework(
  { server, config, clock, log, brain, render, metrics, speakers }: Parts,
  turns: Turns,
  staff: Staff | undefined,
  limits: RateLimits,
): BotFramework | undefined {
  if (config.BOT_FRAMEWORK !== 'on') return undefined
  const bot = new FilingBot({
    turns,
    render,
    idempotent: false,
    whileAway: createWhileAway({ brain, clock }),
  })
  const mounted = mountBotFramework(server, {
    logic: timed(metrics, 'bot-framework', (context) =>
      staff?.isStaff(context) ? staff.logic(context) : bot.run(context),
    ),
    appId: config.MicrosoftAppId,
    appPassword: config.MicrosoftAppPassword,
    appType: config.MicrosoftAppType,
    tenantId: config.MicrosoftAppTenantId,
    production: config.NODE_ENV === 'production',
    cloud:
      config.BOT_FRAMEWORK_CLOUD === 'china' ? chinaCloud(config.MicrosoftAppTenantId ?? '') : GLOBAL_CLOUD,
    serviceHosts: config.BOT_FRAMEWORK_HOSTS,
    ...(config.BOT_FRAMEWORK_TENANTS.length === 0 ? {} : { tenants: config.BOT_FRAMEWORK_TENANTS }),
    onMessage: (channelId, conversationId) =>
      limits.take('conversation', conversationKey(channelId, conversationId)),
    log,
  })
  speakers.add('framework', (reference, logic) => mounted.continueConversation(reference, logic))
  return mounted
}
