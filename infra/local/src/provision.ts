import { provisionJob } from './provision/job.js';
import { environment } from './local.config.js';
import { StartFault } from './process/start-fault.js';

/** Jobs of docker-compose.yml: `provision.js secrets | servers | seed`. */
try {
  await provisionJob(process.argv[2] ?? '', environment.job);
} catch (fault) {
  console.error(fault instanceof StartFault ? fault.message : fault);
  process.exitCode = 1;
}
