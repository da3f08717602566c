#include "sandbox/request_log.h"

#include "httpd/httpd.h"
#include "sandbox/json.h"

namespace longcode::sandbox {

std::uint64_t RequestLog::add(const httpd::Request &request, const QDateTime &time) {
    m_bytes += request.body.size();
    m_requests.push_back({m_next++, request.method, request.target,
                          std::string(request.header("content-type")), request.body, time});
    while (m_requests.size() > maximumRequests || (m_bytes > maximumBytes && m_requests.size() > 1)) {
        m_bytes -= m_requests.front().body.size();
        m_requests.pop_front();
    }
    return m_requests.back().number;
}

LoggedRequest *RequestLog::find(std::uint64_t number) {
    if (m_requests.empty() || number < m_requests.front().number || number > m_requests.back().number)
        return nullptr;
    return &m_requests[number - m_requests.front().number];
}

void RequestLog::clear() {
    m_requests.clear();
    m_bytes = 0;
}

bool RequestFile::open(const QString &path) {
    m_file.setFileName(path);
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append);
}

void RequestFile::write(const httpd::Request &request) {
    if (!m_file.isOpen())
        return;
    constexpr std::string_view base = "/v2";
    const Json line{{"test", "longcode-sandbox"},
                    {"method", request.method},
                    {"target", request.target.substr(base.size())},
                    {"content_type", request.header("content-type")},
                    {"body", request.body}};
    m_file.write(QByteArray::fromStdString(toText(line)) + '\n');
    m_file.flush();
}

} // namespace longcode::sandbox
