package dev.ganger.coordinator.api;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that listens, and closes what connects when too many are connected. */
final class BoundedListener extends NioServerSocketChannel {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedListener.class);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Seldom seldom = new Seldom();

    BoundedListener(int most) {
        this.most = most;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        var before = accepted.size();
        var count = super.doReadMessages(accepted);
        for (var each : List.copyOf(accepted.subList(before, accepted.size()))) {
            var connection = (Channel) each;
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                accepted.remove(each);
                count--;
                refuse(connection);
            } else {
                var _ = connection.closeFuture().addListener(_ -> open.decrementAndGet());
            }
        }
        return count;
    }

    private void refuse(Channel connection) {
        var passedOver = seldom.passedOver();
        if (passedOver >= 0) {
            LOG.warn("{} is refused: {} connections are open, which is the most (and {} others in the last minute); "
                    + "see who opens so many", connection.remoteAddress(), most, passedOver);
        }
        connection.unsafe().closeForcibly();
    }
}
