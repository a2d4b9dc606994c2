// The topology that tests of files speak about: two environments, one outside host, replicas, and a range of ports.
import type {Topology} from '../../../core/model/topology.ts';
import {topology} from '../../builders/topology.ts';

const apiServices = ['http:8080', 'ssh:22', 'metrics:9100'];

export const smallShop: Topology = {
	...topology(
		{
			'web-1.prod': {labels: {app: 'shop', tier: 'web'}, segments: ['app.prod'], services: ['https:443']},
			'web-2.prod': {labels: {app: 'shop', tier: 'web'}, segments: ['app.prod'], services: ['https:443']},
			'web.dev': {labels: {app: 'shop', tier: 'web'}, segments: ['app.dev'], services: ['https:443']},
			'api.prod': {labels: {app: 'shop', tier: 'api'}, segments: ['app.prod'], services: apiServices},
			'api.dev': {labels: {app: 'shop', tier: 'api'}, segments: ['app.dev'], services: apiServices},
			'db.prod': {
				labels: {app: 'shop', tier: 'db', data: 'cardholder'},
				segments: ['app.prod'],
				services: ['postgres:5432', 'names:53/udp', 'dynamic:40000-40010/tcp'],
				jewel: true,
			},
			'db.dev': {labels: {app: 'shop', tier: 'db'}, segments: ['app.dev'], services: ['postgres:5432', 'names:53/udp']},
			'wiki.dev': {labels: {app: 'wiki', version: '2'}, segments: ['app.dev'], services: ['http:80']},
			internet: {outside: true, labels: {zone: 'world'}, services: ['https:443']},
		},
		'shop',
	),
	dependencies: (['prod', 'dev'] as const).map(env => ({
		from: `api.${env}`,
		to: `db.${env}`,
		protocol: 'tcp',
		port: 5432,
		service: 'postgres',
		dangling: false,
		vital: false,
		source: 'declared',
		where: {file: 'shop.topology.yaml', line: 1, column: 1},
	})),
};
