package io.longhaul.server.web;

import io.longhaul.server.cluster.HolderCall;
import io.longhaul.server.cluster.NodeSignature;
import io.longhaul.server.core.holder.Holders;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers the calls of other nodes and passes other requests on: 204 when the holder has done what
 * is asked or there is none, 423 when it has the upload still, 504 when it is stuck, 403 without
 * the right signature.
 */
public final class HolderHandler extends Handler.Wrapper {

    private final Holders holders;
    private final NodeSignature signature;

    public HolderHandler(Holders holders, NodeSignature signature) {
        this.holders = holders;
        this.signature = signature;
    }

    /** A call waits for a holder. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(HolderCall.PATH)) {
            return super.handle(request, response, callback);
        }
        if (HttpMethod.POST.is(request.getMethod())) {
            response.setStatus(status(request, path));
        } else {
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
            response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
        }
        callback.succeeded();
        return true;
    }

    private int status(Request request, String path) {
        Optional<HolderCall> call = HolderCall.of(path);
        if (call.isEmpty()) {
            return HttpStatus.NOT_FOUND_404;
        }
        if (!isSigned(request, call.get())) {
            return HttpStatus.FORBIDDEN_403;
        }
        return switch (holders.asked(call.get().id(), call.get().demand())) {
            case DONE -> HttpStatus.NO_CONTENT_204;
            case HELD -> HttpStatus.LOCKED_423;
            case SILENT -> HttpStatus.GATEWAY_TIMEOUT_504;
        };
    }

    private boolean isSigned(Request request, HolderCall call) {
        String nonce = request.getHeaders().get(NodeSignature.NONCE);
        String signed = request.getHeaders().get(NodeSignature.SIGNATURE);
        return nonce != null && signed != null && signature.matches(signed, call, nonce);
    }
}
