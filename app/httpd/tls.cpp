#include "httpd/tls.h"

#include <boost/asio/buffer.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace longcode::httpd {

namespace {

using Context = std::shared_ptr<SSL_CTX>;

/// For TLS 1.2; those of 1.3 are all good.
constexpr char ciphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// What OpenSSL remembers of the last failure, and nothing is left behind.
std::string lastReason() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char *reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason ? reason : "unknown reason";
}

/// A key with a passphrase must not make a service ask its terminal.
int noPassphrase(char *, int, int, void *) {
    return 0;
}

int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *in,
                   unsigned inSize, void *) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, ours, sizeof ours - 1, in, inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

Result<void, std::string> readable(const char *what, const std::string &file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (stream && stream.peek() != std::ifstream::traits_type::eof())
        return {};
    const std::string why = errno != 0 ? std::strerror(errno) : "it is empty";
    return failed("The " + std::string(what) + " " + file + " cannot be read: " + why + ".");
}

void configure(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, ciphers);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Idle connections keep no buffers; and a write may go on from another place in memory.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_default_passwd_cb(context, noPassphrase);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    static constexpr unsigned char name[] = "longcode";
    SSL_CTX_set_session_id_context(context, name, sizeof name - 1);
}

Result<Context, std::string> contextFrom(const TlsFiles &files) {
    for (const auto &[what, file] :
         {std::pair("certificate", files.certificate), std::pair("key", files.key)}) {
        if (const auto checked = readable(what, file); !checked)
            return failed(std::string(checked.error()));
    }
    ERR_clear_error();
    Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context)
        return failed("TLS cannot be set up: " + lastReason() + ".");
    configure(context.get());
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
        return failed("The certificate " + files.certificate + " cannot be used: " + lastReason() +
                      ". A PEM file is needed, with the server's certificate first and its chain behind it.");
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const bool mismatch = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH ||
                              ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_TYPE_MISMATCH;
        const std::string why = lastReason();
        if (mismatch)
            return failed("The key " + files.key + " does not belong to the certificate " +
                          files.certificate + ".");
        return failed("The key " + files.key + " cannot be used: " + why +
                      ". A PEM file with a private key without passphrase is needed.");
    }
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return failed("The key " + files.key + " does not belong to the certificate " + files.certificate +
                      ".");
    return context;
}

bool hasEnded(SSL_CTX *context) {
    const X509 *certificate = SSL_CTX_get0_certificate(context);
    return certificate && X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0;
}

// ---- What OpenSSL reads from and writes to: the socket, through Asio, which knows no SIGPIPE
// ------------------

int writeToPeer(BIO *bio, const char *data, std::size_t size, std::size_t *written) {
    auto *peer = static_cast<Peer *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    beast::error_code error;
    *written = peer->send(net::buffer(data, size), 0, error);
    if (error == net::error::would_block)
        BIO_set_retry_write(bio);
    return error ? 0 : 1;
}

int readFromPeer(BIO *bio, char *data, std::size_t size, std::size_t *got) {
    auto *peer = static_cast<Peer *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    beast::error_code error;
    *got = peer->receive(net::buffer(data, size), 0, error);
    if (error == net::error::would_block)
        BIO_set_retry_read(bio);
    return error ? 0 : 1;
}

long control(BIO *, int command, long, void *) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD *peerMethod() {
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "peer");
        if (made) {
            BIO_meth_set_write_ex(made, writeToPeer);
            BIO_meth_set_read_ex(made, readFromPeer);
            BIO_meth_set_ctrl(made, control);
        }
        return made;
    }();
    return method;
}

} // namespace

void SslDeleter::operator()(ssl_st *ssl) const {
    SSL_free(ssl);
}

TlsContext::TlsContext(TlsFiles files, Trouble trouble)
    : m_files(std::move(files)), m_trouble(std::move(trouble)) {}

Result<std::unique_ptr<TlsContext>, std::string> TlsContext::load(TlsFiles files, Trouble trouble) {
    if (files.certificate.empty() || files.key.empty())
        return failed(std::string("TLS needs both a certificate and its key."));
    std::unique_ptr<TlsContext> out(new TlsContext(std::move(files), std::move(trouble)));
    out->m_seen = out->stamp();
    auto context = contextFrom(out->m_files);
    if (!context)
        return failed(std::string(context.error()));
    out->m_context = std::move(*context);
    out->m_nextCheck = std::chrono::steady_clock::now() + out->m_files.checkEvery;
    if (hasEnded(out->m_context.get()) && out->m_trouble)
        out->m_trouble("The certificate " + out->m_files.certificate +
                       " has ended: nobody will trust it. Renew it; it is taken over without a restart.");
    return out;
}

TlsContext::Stamp TlsContext::stamp() const {
    Stamp out;
    std::error_code ignored;
    out.certificateTime = std::filesystem::last_write_time(m_files.certificate, ignored);
    out.keyTime = std::filesystem::last_write_time(m_files.key, ignored);
    out.certificateSize = std::filesystem::file_size(m_files.certificate, ignored);
    out.keySize = std::filesystem::file_size(m_files.key, ignored);
    return out;
}

void TlsContext::reloadWhenChanged() {
    const auto now = std::chrono::steady_clock::now();
    if (now < m_nextCheck)
        return;
    m_nextCheck = now + m_files.checkEvery;
    const Stamp current = stamp();
    if (current == m_seen)
        return;
    m_seen = current;
    auto context = contextFrom(m_files);
    if (context)
        m_context = std::move(*context);
    else if (m_trouble)
        // Two files are seldom written at the same moment: the other one changes the stamp again.
        m_trouble(context.error() + " New connections still get the certificate from before.");
}

Ssl TlsContext::session(Peer &peer) {
    reloadWhenChanged();
    Ssl ssl(SSL_new(m_context.get()));
    BIO *bio = BIO_new(peerMethod());
    if (!ssl || !bio) {
        BIO_free(bio);
        return nullptr;
    }
    BIO_set_data(bio, &peer);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl.get(), bio, bio);
    SSL_set_accept_state(ssl.get());
    return ssl;
}

} // namespace longcode::httpd
