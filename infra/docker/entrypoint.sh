#!/bin/sh
# Runs one service of this image, or a job:
#   entrypoint.sh scoring [--migrate | --check-config]
#   entrypoint.sh job secrets | servers | seed | setup-token | logins
set -eu
name=$1
shift
if [ "$name" = job ]; then
  exec node infra/local/dist/provision.js "$@"
fi
# Secrets as a file (docker-compose.yml); elsewhere they are environment variables.
secrets="${SECRETS_DIR:-/run/baton}/$name/env"
if [ -r "$secrets" ]; then
  set -a
  . "$secrets"
  set +a
fi
exec node --max-semi-space-size=8 --import @baton/platform/telemetry "services/$name/dist/main.js" "$@"
