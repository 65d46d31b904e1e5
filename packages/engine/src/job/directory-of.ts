import type { Directory } from '../ports/directory.ts';
import type { JobDefinition } from './job-definition.ts';

/** The directory as a job sees it: with nested groups flattened when the job says so. */
export function directoryOf(job: Pick<JobDefinition, 'nestedGroups'>, directory: Directory): Directory {
  return job.nestedGroups === 'flatten' ? directory.flattened() : directory;
}

/** The same ports with the directory as the job sees it. */
export function portsOf<Ports extends { readonly directory: Directory }>(
  job: { readonly definition: Pick<JobDefinition, 'nestedGroups'> },
  ports: Ports,
): Ports {
  const { definition } = job;
  return definition.nestedGroups === 'flatten'
    ? { ...ports, directory: directoryOf(definition, ports.directory) }
    : ports;
}
