// What well-known images listen on: the ports that their Dockerfiles EXPOSE, the one that others use first.
// Source: the Dockerfiles of Docker's official images, and of the projects named, as of 2026.
import type {Speaks} from '../model/topology.ts';
import type {Listener} from './parts.ts';

type Row = readonly [images: string, ...ports: readonly (readonly [port: number, name: string, speaks?: Speaks])[]];

const table: readonly Row[] = [
	['postgres postgresql postgis timescaledb pgvector', [5432, 'postgres', 'postgres']],
	['mysql mysql-server mariadb percona', [3306, 'mysql', 'mysql']],
	['mssql-server server azure-sql-edge', [1433, 'mssql']],
	['redis redis-stack redis-stack-server redismod valkey keydb', [6379, 'redis', 'redis']],
	['mongo mongodb mongodb-community-server', [27017, 'mongodb']],
	['memcached', [11211, 'memcached']],
	['rabbitmq', [5672, 'amqp'], [15672, 'management', 'http']],
	['cassandra scylla', [9042, 'cql']],
	['elasticsearch opensearch', [9200, 'http', 'http'], [9300, 'transport']],
	['kibana opensearch-dashboards', [5601, 'http', 'http']],
	['logstash', [5044, 'beats']],
	['influxdb', [8086, 'http', 'http']],
	['neo4j', [7687, 'bolt'], [7474, 'http', 'http']],
	['couchdb', [5984, 'http', 'http']],
	['clickhouse clickhouse-server', [8123, 'http', 'http'], [9000, 'native']],
	['etcd', [2379, 'client']],
	['consul', [8500, 'http', 'http']],
	['vault', [8200, 'http', 'http']],
	['zookeeper cp-zookeeper', [2181, 'zookeeper']],
	['kafka cp-kafka redpanda', [9092, 'kafka', 'kafka']],
	['nats', [4222, 'nats']],
	['activemq activemq-classic', [61616, 'openwire']],
	['eclipse-mosquitto mosquitto', [1883, 'mqtt']],
	['minio', [9000, 'http', 'http']],
	['openldap', [389, 'ldap', 'ldap']],
	['keycloak', [8080, 'http', 'http']],
	['nginx httpd caddy', [80, 'http', 'http']],
	['traefik haproxy', [80, 'http', 'http']],
	['nginx-unprivileged tomcat jenkins adminer', [8080, 'http', 'http']],
	['wordpress nextcloud drupal joomla phpmyadmin pgadmin4 mediawiki matomo', [80, 'http', 'http']],
	['ghost', [2368, 'http', 'http']],
	['gitea', [3000, 'http', 'http'], [22, 'ssh']],
	['grafana grafana-oss grafana-enterprise', [3000, 'http', 'http']],
	['prometheus', [9090, 'http', 'http']],
	['alertmanager', [9093, 'http', 'http']],
	['node-exporter', [9100, 'http', 'http']],
	['loki', [3100, 'http', 'http']],
	['zipkin', [9411, 'http', 'http']],
	['mongo-express', [8081, 'http', 'http']],
	['registry', [5000, 'http', 'http']],
	['sonarqube', [9000, 'http', 'http']],
	['network-multitool', [80, 'http', 'http'], [443, 'https']],
];

const byImage: ReadonlyMap<string, readonly Listener[]> = new Map(
	table.flatMap(([images, ...ports]) =>
		images.split(' ').map(image => {
			const listeners = ports.map(
				([port, name, speaks = null]): Listener => ({protocol: 'tcp', port, lastPort: port, name, speaks}),
			);
			return [image, listeners] as const;
		}),
	),
);

/** By the last part of the image's name, without registry, tag and digest; empty for one that is not known. */
export function imageListeners(image: string | null): readonly Listener[] {
	const name = imageName(image);
	return name === 'server' && !/\/mssql\//.test(image!) ? [] : (byImage.get(name) ?? []);
}

/** `ghcr.io/acme/postgres:16-alpine@sha256:…` is `postgres`. */
export const imageName = (image: string | null): string =>
	(image ?? '').split('@')[0]!.split('/').at(-1)!.split(':')[0]!.toLowerCase();
