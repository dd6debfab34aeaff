/** What takes too long for every change, the shortest first. A step prints `N passed, M failed`, or counts as one. */
export const steps = [
  {
    name: '300 seeds of the simulation, the same on this Node and on 24',
    command: ['npm', 'run', 'simulate:nodes'],
  },
  {
    name: 'a test S3 that is killed at work, 200 rounds',
    command: ['npm', 'run', 'test:kills'],
  },
  {
    name: '100,000 malformed requests, and 3,000 hostile connections to each server',
    command: ['npm', 'run', 'test:fuzz'],
  },
  {
    name: 'a browser that is killed, its database, its disk, and a file of 5 GiB',
    command: ['npm', 'run', 'test:ends'],
  },
  {
    name: 'the engine on five lines, beside the table',
    command: [
      ...['node', '--import', './bench/typescript-source.ts'],
      'test/simulation/line/engine/print-table.ts',
    ],
  },
  {
    name: 'every test with a bucket on a real S3',
    command: ['npm', 'run', 'test:real-s3'],
  },
  {
    name: 'simulation of an hour, one seed of a hundred with real sizes',
    command: [
      ...['npm', 'run', 'simulate', '--', '--date-seed'],
      ...['--minutes', '60', '--real-every', '100'],
    ],
  },
  {
    name: 'fault campaign of 2,000 seeds',
    command: ['npm', 'run', 'test:faults', '--', '--count', '2000'],
  },
]
