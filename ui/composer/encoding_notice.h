#pragma once

#include "composer/figures.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::style {
class ElidedLabel;
}

namespace longcode::composer {

/// Says which characters force UCS-2, names them, and offers their replacement by one key (Alt+R). Hidden
/// while there is nothing to say. UI thread.
class EncodingNoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit EncodingNoticeBar(QWidget *parent = nullptr);

    void say(const EncodingNotice &notice);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString characters() const;

Q_SIGNALS:
    void replaceRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();

    NoticeWeight m_weight = NoticeWeight::None;
    style::ElidedLabel *m_sentence;
    QLabel *m_characters;
    QPushButton *m_replace;
};

} // namespace longcode::composer
