# One image for `ingest` and `web`. The pages are built in a stage of its own; what runs has no tools and no embedded engine.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Scripts are left out: `prepare` builds, and the sources are not here yet.
RUN npm ci --omit=optional --ignore-scripts
COPY . .
RUN node ingest/build.ts

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY ingest ingest
COPY src src
COPY static static
COPY svelte.config.js vite.config.ts ./
COPY --from=build /app/build build
USER node
EXPOSE 3000
CMD ["node", "ingest/main.ts", "web"]
