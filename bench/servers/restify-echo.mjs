// (a) The floor of the HTTP layer: a JSON body in, a JSON body out.
import restify from 'restify'

const server = restify.createServer()
server.use(restify.plugins.bodyParser({ mapParams: false }))
server.post('/api/messages', (request, response, next) => {
  response.json(200, { activities: [{ type: 'message', text: request.body.text }] })
  next()
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  console.log(`"listens on http://127.0.0.1:${server.address().port}"`),
)
