/* A plain loop of connects between two network namespaces: connect, accept, close by reset. Prints connections a second.
   connect-loop CLIENT_NETNS SERVER_NETNS SERVER_ADDRESS PORT SECONDS [USER_NAMESPACE] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what) { perror(what); exit(1); }

static void enter(const char *path, int kind) {
	int fd = open(path, O_RDONLY);
	if (fd < 0 || setns(fd, kind) < 0) die(path);
	close(fd);
}

static double seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **words) {
	if (count < 6) return 2;
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(words[4]))};
	inet_pton(AF_INET, words[3], &to.sin_addr);
	struct linger reset = {1, 0};
	if (count > 6) enter(words[6], CLONE_NEWUSER);
	int client = open(words[1], O_RDONLY);
	enter(words[2], CLONE_NEWNET);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&to, sizeof to) < 0) die("bind");
	if (listen(listener, 4096) < 0) die("listen");
	if (setns(client, CLONE_NEWNET) < 0) die("setns");
	double started = seconds(), end = started + atof(words[5]);
	long done = 0;
	while (seconds() < end) {
		int near = socket(AF_INET, SOCK_STREAM, 0);
		if (connect(near, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
		int far = accept(listener, NULL, NULL);
		if (far < 0) die("accept");
		setsockopt(far, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(far);
		close(near);
		done++;
	}
	printf("%.0f\n", done / (seconds() - started));
}
