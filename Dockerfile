# Two steps: build with everything, run with what is needed.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/rules ./rules
COPY --from=build /app/dialogs ./dialogs
COPY --from=build /app/package.json ./
RUN mkdir /data && chown node:node /data dist
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=15s --timeout=4s CMD ["node", "-e", "fetch('http://127.0.0.1:3978/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# The store is closed in good order on SIGTERM, so node has to get it: no shell around it.
CMD ["node", "--enable-source-maps", "dist/main.js"]
