import type { TurnContext } from 'botbuilder'
import { AppError } from '../../errors.ts'
import type { Cloud } from './cloud.ts'

export interface BotFrameworkLog {
  error(fields: object, message: string): void
}

export interface BotFrameworkOptions {
  /** The bot's turn. Called again with the same activity id when a channel sends the same activity again. */
  readonly logic: (context: TurnContext) => Promise<void>
  /** MicrosoftAppId. Undefined: nobody is authenticated, so only this machine may call. */
  readonly appId: string | undefined
  readonly appPassword: string | undefined
  readonly appType: AppType | undefined
  readonly tenantId: string | undefined
  readonly production: boolean
  readonly log: BotFrameworkLog
  /** Which Azure the bot is registered in; the global one where this is left out. */
  readonly cloud?: Cloud
  /** Hosts replies may be sent to besides those of the cloud: `connector.example.com`, or `.example.com` for all below. */
  readonly serviceHosts?: readonly string[]
  /** Microsoft Entra tenants whose people are served; all where this is left out. */
  readonly tenants?: readonly string[]
  /** How long a connector may take for one reply, in milliseconds. Default 15,000. */
  readonly patienceMs?: number
  /** Asked before a turn, when the caller is known; throws AppError rate-limited. */
  readonly onMessage?: (channelId: string, conversationId: string) => void
}

export const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const
export type AppType = (typeof APP_TYPES)[number]

/** Refuses settings under which the SDK would authenticate nobody, or could not answer anybody. */
export function checkOptions(options: BotFrameworkOptions): void {
  const { appId, appPassword, appType = 'MultiTenant', tenantId, production, serviceHosts = [] } = options
  if (production && !given(appId))
    throw invalid(
      'MicrosoftAppId is not set: in production anyone could speak to the bot as anyone.',
      'Set MicrosoftAppId and MicrosoftAppPassword, or switch the Bot Framework channel off.',
    )
  if (given(appId) && appType !== 'UserAssignedMSI' && !given(appPassword))
    throw invalid(
      'MicrosoftAppId is set without MicrosoftAppPassword, so no reply could be sent.',
      'Set MicrosoftAppPassword, or use MicrosoftAppType=UserAssignedMSI.',
    )
  if (given(appId) && appType !== 'MultiTenant' && !given(tenantId))
    throw invalid(`MicrosoftAppType is ${appType} without MicrosoftAppTenantId.`, 'Set MicrosoftAppTenantId.')
  if (!given(appId) && given(appPassword))
    throw invalid('MicrosoftAppPassword is set without MicrosoftAppId.', 'Set both, or neither.')
  const wrong = serviceHosts.find((host) => !/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host))
  if (wrong !== undefined)
    throw invalid(
      `The service host ${JSON.stringify(wrong)} is not a host name.`,
      'Write host names in lower case, without scheme, port and path: connector.example.com',
    )
}

export function given(setting: string | undefined): setting is string {
  return setting !== undefined && setting.trim() !== ''
}

function invalid(detail: string, remedy: string): AppError {
  return new AppError('config-invalid', { detail, remedy })
}
