#include "telnyx/one_shot_body.h"

#include <algorithm>

namespace longcode::telnyx {

OneShotBody::OneShotBody(QByteArray bytes, QObject *parent) : QIODevice(parent), m_bytes(std::move(bytes)) {
    open(QIODevice::ReadOnly);
}

bool OneShotBody::reset() {
    return pos() == 0;
}

bool OneShotBody::seek(qint64 position) {
    return position == pos();
}

qint64 OneShotBody::readData(char *data, qint64 maximumSize) {
    const qint64 count = std::clamp<qint64>(m_bytes.size() - m_handedOut, 0, maximumSize);
    std::copy_n(m_bytes.constData() + m_handedOut, count, data);
    m_handedOut += count;
    return count;
}

qint64 OneShotBody::writeData(const char *, qint64) {
    return -1;
}

} // namespace longcode::telnyx
