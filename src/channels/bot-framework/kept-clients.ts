import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'

type Identity = Parameters<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>[0]
type UserTokenClient = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>>
type Request = Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
type Authenticated = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>
type Factory = NonNullable<Authenticated['connectorFactory']>
type ConnectorClient = Awaited<ReturnType<Factory['create']>>

/** Azure has a handful of service addresses for each region; more would be somebody trying. */
const MOST_KEPT = 100

/**
 * The SDK's authentication, with its clients kept. For each turn the SDK makes a client of the channel's connector
 * and one for sign-in tokens, each with a pipeline of its own, which together cost more than the HTTP request; most
 * turns use neither. They hold nothing of a turn, so those of an address and audience serve all turns.
 */
export class KeptClients extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Promise<ConnectorClient>>()
  readonly #tokenClients = new Map<string, Promise<UserTokenClient>>()

  override async authenticateRequest(...request: Request): Promise<Authenticated> {
    const authenticated = await super.authenticateRequest(...request)
    const { connectorFactory: factory, claimsIdentity } = authenticated
    if (!factory) return authenticated
    const app = appOf(claimsIdentity)
    const create: Factory['create'] = (serviceUrl, audience) =>
      keep(this.#connectors, [app, audience, serviceUrl].join('\n'), () =>
        factory.create(serviceUrl, audience),
      )
    return { ...authenticated, connectorFactory: { create } }
  }

  override createUserTokenClient(identity: Identity): Promise<UserTokenClient> {
    return keep(this.#tokenClients, appOf(identity), () => super.createUserTokenClient(identity))
  }
}

/** One that could not be made is not kept; of too many the oldest goes. */
function keep<Client>(
  kept: Map<string, Promise<Client>>,
  key: string,
  make: () => Promise<Client>,
): Promise<Client> {
  const known = kept.get(key)
  if (known) return known
  const made = make()
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return made
}

/** The app a token was issued for: this bot's own, under the name that the kind of token gives it. */
function appOf(identity: Identity): string {
  return identity.getClaimValue('aud') ?? identity.getClaimValue('appid') ?? ''
}
